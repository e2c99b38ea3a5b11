package dev.plumbline.app.demo;

import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Terminal;
import java.util.ArrayList;
import java.util.List;

/** Tells the story: headings, sentences, what a user types, what came back, and what was checked of it. */
final class Narrator {
    /** The story is told to this width on any terminal, and where it is piped. */
    static final int COLUMNS = 80;

    private static final String OUTPUT = "    ";
    private static final String FURTHER = "        ";

    private final Terminal terminal;

    Narrator(Terminal terminal) {
        this.terminal = terminal;
    }

    void heading(String text) {
        line("");
        line(terminal.styled(Style.HEADING, text));
    }

    void say(String text) {
        wrapped(text, "").forEach(this::line);
    }

    void typed(String command) {
        line("");
        line(terminal.styled(Style.HEADING, "  $ " + command));
    }

    /** One line of a command's output; longer ones go on below. */
    synchronized void output(String text) {
        if (text.length() <= COLUMNS - OUTPUT.length()) {
            line(text.isEmpty() ? "" : OUTPUT + text);
            return;
        }
        String lead = text.substring(0, text.length() - text.stripLeading().length());
        List<String> parts = wrapped(text.strip(), OUTPUT + lead);
        for (int i = 0; i < parts.size(); i++) {
            line((i == 0 ? OUTPUT + lead : FURTHER + lead) + parts.get(i));
        }
    }

    void checked(String claim) {
        List<String> parts = wrapped(claim, FURTHER);
        for (int i = 0; i < parts.size(); i++) {
            line("  " + (i == 0 ? terminal.styled(Style.GOOD, "[ok]") : "    ") + " " + parts.get(i));
        }
    }

    private synchronized void line(String text) {
        terminal.line(text);
    }

    /** At spaces; a word longer than the room stays whole. */
    private static List<String> wrapped(String text, String lead) {
        int room = COLUMNS - Math.max(lead.length(), lead.isEmpty() ? 0 : FURTHER.length());
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > room) {
                lines.add(line.toString());
                line.setLength(0);
            } else if (line.length() > 0) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
