package dev.plumbline.web.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A plan's report as text, taken apart for a page: each resource a fold, what destroys or replaces first and open.
 *
 * @param opening the summary, and what else is said in sentences
 * @param leftOut so many blocks were too much for the page, the least dangerous ones; the log has them
 */
public record PlanText(List<String> opening, List<Block> blocks, int leftOut) {
    /** So many characters of one stack's plan are shown at most. */
    static final int MOST = 200_000;

    private static final String HEADING = "  # ";
    private static final int OPEN_AT_MOST = 20;

    /** @param open whether it is unfolded from the start */
    public record Block(String title, Kind kind, boolean open, List<Line> lines) {
        private int length() {
            return title.length()
                    + lines.stream().mapToInt(line -> line.text().length() + 1).sum();
        }
    }

    /** @param style the style sheet's name of what the line does */
    public record Line(String style, String text) {}

    /** What becomes of a resource, the most dangerous first. */
    public enum Kind {
        DESTROY,
        REPLACE,
        CHANGE,
        CREATE,
        OTHER;

        public String style() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        private static Kind of(String title) {
            if (title.contains("destroyed")) {
                return DESTROY;
            }
            if (title.contains("replaced")) {
                return REPLACE;
            }
            return title.contains("updated") ? CHANGE : title.contains("created") ? CREATE : OTHER;
        }
    }

    static PlanText of(String report) {
        return of(report, MOST);
    }

    /** @param most so many characters of it are wanted; it ends at a block */
    static PlanText of(String report, int most) {
        List<String> opening = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        for (String part : report.stripTrailing().split("\n\n(?=  # |\\S)")) {
            List<String> lines = part.lines().toList();
            boolean resource = !lines.isEmpty() && lines.get(0).startsWith(HEADING);
            if (resource || (!opening.isEmpty() && !note(lines))) {
                blocks.add(block(lines));
            } else {
                opening.addAll(lines);
            }
        }
        blocks.sort(Comparator.comparing(Block::kind));
        int shown = fitting(blocks, most);
        return new PlanText(opening, unfolded(blocks.subList(0, shown)), blocks.size() - shown);
    }

    /** How many of the blocks, from the first, are together no longer than that. */
    private static int fitting(List<Block> blocks, int most) {
        long length = 0;
        int shown = 0;
        while (shown < blocks.size() && length + blocks.get(shown).length() <= most) {
            length += blocks.get(shown).length();
            shown++;
        }
        return shown;
    }

    /** What it takes of a page, in characters. */
    int length() {
        return opening.stream().mapToInt(String::length).sum()
                + blocks.stream().mapToInt(Block::length).sum();
    }

    /** Sentences for people, which belong before everything else wherever they stand. */
    private static boolean note(List<String> lines) {
        return lines.stream().noneMatch(line -> line.startsWith(" "))
                && !lines.isEmpty()
                && !lines.get(0).endsWith(":");
    }

    private static Block block(List<String> lines) {
        String title = lines.isEmpty() ? "" : lines.get(0).replaceFirst("^ *# ", "");
        List<Line> rest =
                lines.stream().skip(1).map(line -> new Line(style(line), line)).toList();
        return new Block(title, Kind.of(title), false, rest);
    }

    private static List<Block> unfolded(List<Block> blocks) {
        List<Block> all = new ArrayList<>();
        for (Block block : blocks) {
            boolean risky = block.kind() == Kind.DESTROY || block.kind() == Kind.REPLACE;
            boolean open = blocks.size() <= 3 || (risky && all.size() < OPEN_AT_MOST);
            all.add(new Block(block.title(), block.kind(), open, block.lines()));
        }
        return all;
    }

    private static String style(String line) {
        String text = line.stripLeading();
        if (text.startsWith("-/+") || text.startsWith("+/-") || text.startsWith("~")) {
            return "change";
        }
        if (text.startsWith("+")) {
            return "create";
        }
        return text.startsWith("- ") ? "destroy" : "same";
    }
}
