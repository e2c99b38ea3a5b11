package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.List;

/** What exactly will happen, and the button that lets it. */
public record ConfirmPage(Shell shell, Views.Action action, List<Views.Prospect> prospects, String back) {
    public String word() {
        return ActionLink.word(action);
    }

    public String label() {
        return ActionLink.label(action);
    }

    /** What is asked. */
    public String question() {
        int number = possible().size();
        return number < 2 ? label() + "?" : label() + " these " + number + "?";
    }

    public String style() {
        return ActionLink.style(action);
    }

    public List<Views.Prospect> possible() {
        return prospects.stream().filter(prospect -> !prospect.refused()).toList();
    }

    public List<Views.Prospect> refused() {
        return prospects.stream().filter(Views.Prospect::refused).toList();
    }
}
