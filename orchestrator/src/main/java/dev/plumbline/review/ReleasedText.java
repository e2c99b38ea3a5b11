package dev.plumbline.review;

import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.Released;
import dev.plumbline.stack.StackId;
import dev.plumbline.terraform.report.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What is told of stacks that are none any more: nothing else would say why nothing is planned of them. */
final class ReleasedText {
    /** So many folders are named, or so many characters of them; of others it is said how many there are. */
    private static final int MOST_FOLDERS = 20;

    private static final int MOST_CHARACTERS = 2_000;

    private ReleasedText() {}

    /** For terminals and feeds, a line each. */
    static List<String> lines(Released released) {
        List<String> lines = sentences(released, TerminalText::safeLine);
        released.warnings().forEach(warning -> lines.add(TerminalText.safeLine(warning) + " (warning)"));
        return lines;
    }

    /** For comments, a paragraph each. */
    static String markdown(Released released) {
        List<String> paragraphs = new ArrayList<>(sentences(released, Markdown::code));
        released.warnings().forEach(warning -> paragraphs.add(Markdown.inline(warning)));
        StringBuilder text = new StringBuilder();
        paragraphs.forEach(
                paragraph -> text.append("**Warning:** ").append(paragraph).append(".\n\n"));
        return text.toString();
    }

    /** Lines that go before others; without what is wrong with plumbline.yaml. */
    static String before(Released released) {
        StringBuilder text = new StringBuilder();
        sentences(released, TerminalText::safeLine)
                .forEach(sentence -> text.append(sentence).append('\n'));
        return text.toString();
    }

    /** What follows a sentence that says something else; without what is wrong with plumbline.yaml. */
    static String after(Released released) {
        StringBuilder text = new StringBuilder();
        sentences(released, TerminalText::safeLine)
                .forEach(sentence -> text.append("; ").append(sentence));
        return text.toString();
    }

    /** In few words that follow others; empty where there is nothing to say. */
    static String briefly(Released released) {
        return released.count() == 0 ? "" : "; " + counted(released, "is no stack any more", "are no stacks any more");
    }

    /** Why nothing is planned where no stack is left. */
    static String noneLeft(Released released) {
        return "no stack is left: "
                + counted(
                        released,
                        "is none any more, though its code is still there",
                        "are none any more, though their code is still there");
    }

    private static String counted(Released released, String one, String more) {
        return released.only()
                .map(id -> TerminalText.safeLine(id.folder()) + " " + one)
                .orElseGet(() -> released.count() + " " + more);
    }

    private static List<String> sentences(Released released, UnaryOperator<String> shown) {
        List<String> sentences = new ArrayList<>();
        add(sentences, released.leftOut(), shown, "'stacks' in plumbline.yaml leaves %s out");
        add(sentences, released.called(), shown, "another stack calls %s as a module");
        return sentences;
    }

    private static void add(List<String> sentences, List<StackId> folders, UnaryOperator<String> shown, String why) {
        if (folders.isEmpty()) {
            return;
        }
        boolean one = folders.size() == 1;
        sentences.add("no longer " + (one ? "a stack: " : "stacks: ") + named(folders, shown) + ": "
                + String.format(why, one ? "it" : "them") + "; what " + (one ? "it" : "they")
                + " made stays in the cloud and is no longer watched");
    }

    private static String named(List<StackId> folders, UnaryOperator<String> shown) {
        List<String> names = new ArrayList<>();
        int characters = 0;
        for (StackId id : folders) {
            characters += id.folder().length();
            if (names.size() == MOST_FOLDERS || characters > MOST_CHARACTERS) {
                break;
            }
            names.add(shown.apply(id.folder()));
        }
        int more = folders.size() - names.size();
        return String.join(", ", names) + (more == 0 ? "" : (names.isEmpty() ? "" : " and ") + more + " more");
    }
}
