package dev.plumbline.web.page;

import dev.plumbline.secret.TerminalText;
import dev.plumbline.web.Views;

/**
 * How a stack stands, as a small picture that needs nothing else: no font, no style, no request.
 *
 * @param label what it is about
 * @param word how that stands
 * @param mark the look of the word
 */
record Badge(String label, String word, Mark mark) {
    /** So many characters of a label are shown at most; the picture's title has all of it. */
    private static final int LONGEST_LABEL = 48;

    /** Scripts with wide characters begin with Hangul. */
    private static final int FIRST_WIDE = 0x1100;

    private static final int PADDING = 7;
    private static final String LABEL_COLOUR = "#3b4556";

    /** The badge of a stack as it stands now. */
    static Badge of(Views.Stack stack) {
        String label = TerminalText.safeLine(stack.folder().equals(".") ? stack.repository() : stack.folder());
        boolean asWanted = stack.state().equals("applied") || stack.state().equals("no-changes");
        boolean quiet = Mark.of(stack.state()) == Mark.QUIET;
        Integer drifted = stack.drifted();
        if (stack.appliedCommit() == null && (asWanted || quiet)) {
            return new Badge(label, "never applied", Mark.QUIET);
        }
        if (asWanted && drifted != null && drifted > 0) {
            return new Badge(label, "drifted", Mark.of("drifted"));
        }
        String word = asWanted ? "applied" : stack.state();
        return new Badge(label, word.replace('-', ' '), Mark.of(word));
    }

    /** The picture, as a whole file. */
    String svg() {
        String shown = shortened(label);
        int left = width(shown) + 2 * PADDING;
        int right = width(word) + 2 * PADDING;
        String all = escaped(label + ": " + word);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" role="img" aria-label="%s">
                  <title>%s</title>
                  <clipPath id="edge"><rect width="%d" height="20" rx="4"/></clipPath>
                  <g clip-path="url(#edge)">
                    <rect width="%d" height="20" fill="%s"/>
                    <rect x="%d" width="%d" height="20" fill="%s"/>
                  </g>
                  <g fill="#ffffff" font-family="Verdana, DejaVu Sans, Geneva, sans-serif" font-size="11">
                    %s
                    %s
                  </g>
                </svg>
                """.formatted(
                        left + right,
                        all,
                        all,
                        left + right,
                        left,
                        LABEL_COLOUR,
                        left,
                        right,
                        colour(mark),
                        text(PADDING, shown),
                        text(left + PADDING, word));
    }

    /** Its width is given, so that it fits its box in whatever font there is. */
    private static String text(int x, String text) {
        return "<text x=\"%d\" y=\"14\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\">%s</text>"
                .formatted(x, width(text), escaped(text));
    }

    /** The colours of the style sheet, in its light look: what a badge stands on is not ours. */
    static String colour(Mark mark) {
        return switch (mark) {
            case GOOD -> "#18713b";
            case BUSY -> "#1f5fbf";
            case ASKS -> "#8a5a00";
            case BAD -> "#b3261e";
            case QUIET -> "#5a6475";
        };
    }

    private static String shortened(String label) {
        int length = label.codePointCount(0, label.length());
        return length <= LONGEST_LABEL
                ? label
                : "…" + label.substring(label.offsetByCodePoints(label.length(), 1 - LONGEST_LABEL));
    }

    /** In pixels, about as wide as the fonts have it. */
    private static int width(String text) {
        return Math.max(
                1, (int) Math.ceil(text.codePoints().mapToDouble(Badge::width).sum()));
    }

    private static double width(int character) {
        if (" fijlrt.,:;'|!()[]I/".indexOf(character) >= 0) {
            return 4.4;
        }
        boolean wide = character >= FIRST_WIDE || "mwMW@%".indexOf(character) >= 0;
        return wide ? 10.8 : 7;
    }

    /** XML knows no way to write some characters; {@link TerminalText} leaves two of them. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\ufffe\\uffff]", "\ufffd");
    }
}
