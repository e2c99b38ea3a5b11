package dev.plumbline.review;

import dev.plumbline.terraform.report.Markdown;
import java.util.List;
import java.util.Optional;

/**
 * A text about a change in its parts, before it is known how much room there is.
 *
 * @param head stands first, in full
 * @param sections in their order
 * @param end stands last, in full
 * @param where all of it stands
 */
record CommentDraft(String head, StackTable table, List<Section> sections, String end, Trailer trailer, String where) {

    /** At most so many characters, some thousands at least. */
    String within(int longest) {
        String last = trailer.within(longest / 8);
        int room = longest - head.length() - end.length() - last.length() - 2 * 200;
        String rows = table.within(room / 3);
        String plans = Section.all(sections, room - rows.length(), this::leftOut);
        return head + rows + plans + end + last;
    }

    private String leftOut(int more) {
        return "… " + more + (more == 1 ? " plan" : " plans") + " more than fit here: " + where + "\n\n";
    }

    /** Where all of a change stands, as Markdown. */
    static String where(Change change, PageLinks links) {
        return links.change(change.number())
                .map(page -> "[all of them](" + page + ")")
                .orElseGet(() -> Markdown.code("plumbline change " + change.typed()) + " prints all of them");
    }

    /** The sizes of what was read, and where there is more of it. */
    static String footer(Change change, Optional<PlansDigest> digest, PageLinks links, Optional<String> command) {
        String base = Optional.ofNullable(change.preview())
                .map(preview -> " on " + Markdown.code(preview.base().abbreviated()))
                .orElse("");
        return "<sub>" + Markdown.code(change.head().abbreviated()) + base
                + digest.map(plans -> " · plans " + Markdown.code(plans.abbreviated()))
                        .orElse("")
                + links.change(change.number())
                        .map(page -> " · [its page](" + page + ")")
                        .orElse("")
                + command.map(word ->
                                " · " + Markdown.code(word + " help") + " in a comment says what else can be asked")
                        .orElse("")
                + "</sub>\n\n";
    }
}
