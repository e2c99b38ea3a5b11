package dev.plumbline.terraform.report;

import dev.plumbline.secret.TerminalText;

/** Foreign text made harmless in Markdown and the HTML within it. */
public final class Markdown {
    private static final String PLAIN_IN_CODE = " .-/,;";
    /**
     * What mentions, references, addresses and emoji begin with, or hold. A forge looks for those after it resolved entities, so
     * something that nobody sees must stand behind it.
     */
    private static final String REFERRING = "@#!:~%$&-";

    private static final String NOTHING = "<!-- -->";
    private static final String SPECIAL = "<>\"\\`*_{}[]()+|=./";

    private Markdown() {}

    /**
     * One line of text as itself: no HTML, link, emphasis, mention or reference comes of it, and it keeps within a table's
     * cell. Not for use inside HTML tags or code.
     */
    public static String inline(String text) {
        String line = TerminalText.safeLine(text);
        StringBuilder safe = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (SPECIAL.indexOf(c) >= 0 || REFERRING.indexOf(c) >= 0) {
                safe.append("&#").append((int) c).append(';');
            } else {
                safe.append(c);
            }
            if (REFERRING.indexOf(c) >= 0 && i + 1 < line.length() && refers(c, line.charAt(i + 1))) {
                safe.append(NOTHING);
            }
        }
        return safe.toString();
    }

    private static boolean refers(char c, char next) {
        // GH-1 and its like are references; other words with hyphens are left in peace.
        return c == '-'
                ? Character.isDigit(next)
                : Character.isLetterOrDigit(next) || next == '_' || next == '/' || Character.isSurrogate(next);
    }

    /** The same as code: within {@code <code>} no forge looks for mentions, links or references. */
    public static String code(String text) {
        StringBuilder safe = new StringBuilder("<code>");
        for (char c : TerminalText.safeLine(text).toCharArray()) {
            if (Character.isLetterOrDigit(c) || c > 0x7e || PLAIN_IN_CODE.indexOf(c) >= 0) {
                safe.append(c);
            } else {
                safe.append("&#").append((int) c).append(';');
            }
        }
        return safe.append("</code>").toString().replace("www.", "www&#46;");
    }

    /** The text in a fence longer than any run of backticks in it, so that nothing in it ends the fence. */
    public static String fenced(String language, String text) {
        int longest = 2;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        return fence + language + "\n" + text + (text.endsWith("\n") ? "" : "\n") + fence + "\n";
    }
}
