package dev.plumbline.web.page;

import dev.plumbline.web.Views;

/** @param all whether merged and closed ones are listed too */
public record ChangesPage(Shell shell, boolean all, Newest<Views.Change> changes) {
    /** A change's branch, with its repository where changes of several are listed. */
    public String branch(Views.Change change) {
        boolean several =
                changes.rows().stream().anyMatch(row -> !row.repository().equals(change.repository()));
        return several ? change.repository() + ":" + change.branch() : change.branch();
    }
}
