package dev.plumbline.cli.screen;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under a heading. The last column takes what room is left and is wrapped; where too little is left it goes under its
 * row. Nothing is ever cut: people copy ids out of these.
 */
public final class Table {
    private static final String GAP = "  ";
    private static final int LEAST_LAST_COLUMN = 24;
    private static final String UNDER_ROW = "    ";

    private final List<String> heading;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** Text in a style. */
    public record Cell(String text, Style style) {
        public Cell {
            text = text.replaceAll("\\s+", " ").strip();
        }

        public static Cell of(Object text) {
            return new Cell(String.valueOf(text), Style.PLAIN);
        }

        /** A state, in its colour. */
        public static Cell state(String state) {
            return new Cell(state, Style.ofState(state));
        }

        private int width() {
            return text.codePointCount(0, text.length());
        }
    }

    public Table(String... heading) {
        this.heading = List.of(heading);
    }

    public Table row(Cell... cells) {
        if (cells.length != heading.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + heading.size() + " headings");
        }
        rows.add(List.of(cells));
        return this;
    }

    public void print(Terminal terminal) {
        List<List<Cell>> all = new ArrayList<>();
        all.add(heading.stream().map(title -> new Cell(title, Style.HEADING)).toList());
        all.addAll(rows);
        int last = heading.size() - 1;
        int[] widths = new int[last];
        for (List<Cell> row : all) {
            for (int column = 0; column < last; column++) {
                widths[column] = Math.max(widths[column], row.get(column).width());
            }
        }
        int before = 0;
        for (int width : widths) {
            before += width + GAP.length();
        }
        int longest = all.stream().mapToInt(row -> row.get(last).width()).max().orElse(0);
        int room = terminal.columns() - before;
        boolean under = room < Math.min(longest, LEAST_LAST_COLUMN);
        all.forEach(row -> print(terminal, row, widths, under ? terminal.columns() - UNDER_ROW.length() : room, under));
    }

    private static void print(Terminal terminal, List<Cell> row, int[] widths, int room, boolean under) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        for (int column = 0; column < widths.length; column++) {
            Cell cell = row.get(column);
            line.append(terminal.styled(cell.style(), cell.text()));
            line.append(" ".repeat(widths[column] - cell.width())).append(GAP);
            at += widths[column] + GAP.length();
        }
        Cell last = row.get(row.size() - 1);
        List<String> wrapped = wrap(last.text(), room);
        if (under) {
            terminal.line(line.toString().stripTrailing());
        }
        String lead = under ? UNDER_ROW : line.toString();
        for (String part : wrapped) {
            if (under && part.isEmpty()) {
                break;
            }
            terminal.line((lead + terminal.styled(last.style(), part)).stripTrailing());
            lead = under ? UNDER_ROW : " ".repeat(at);
        }
    }

    /** At spaces; a word longer than the room stays whole. */
    static List<String> wrap(String text, int room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            boolean full = line.length() > 0
                    && line.codePointCount(0, line.length()) + 1 + word.codePointCount(0, word.length()) > room;
            if (full) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
