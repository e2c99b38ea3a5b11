package dev.plumbline.secret;

import java.util.regex.Pattern;

/**
 * Text from Git or Terraform made safe for a terminal: without it, a commit message or a value in a plan could move the
 * cursor, set the window's title or hide what stands before it.
 */
public final class TerminalText {
    /** Whole escape sequences: CSI, the string commands (OSC, DCS, SOS, PM, APC) up to their end, and two-character ones. */
    private static final Pattern SEQUENCE = Pattern.compile("(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]?"
            + "|(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])"
            + "[^\\u0007\\u001b\\u009c\\n]*(?:\\u0007|\\u001b\\\\|\\u009c)?"
            + "|\\u001b[ -/]*[0-~]?");

    /** C0 but newline and tab, DEL, C1, direction marks and overrides, invisible separators, and line separators. */
    private static final Pattern CONTROL =
            Pattern.compile("[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200b\\u200e\\u200f"
                    + "\\u2028-\\u202e\\u2060-\\u2069\\ufeff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])"
                    + "|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");

    private TerminalText() {}

    /** The text without escape sequences and control characters; newlines and tabs stay, {@code \r\n} becomes {@code \n}. */
    public static String safe(String text) {
        if (isPlain(text)) {
            return text;
        }
        String withoutSequences = SEQUENCE.matcher(text.replace("\r\n", "\n")).replaceAll("");
        return CONTROL.matcher(withoutSequences).replaceAll("");
    }

    /** {@link #safe}, on one line: newlines and tabs become spaces. */
    public static String safeLine(String text) {
        return safe(text).replace('\n', ' ').replace('\t', ' ');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && c != '\t' && (c < 0x20 || c > 0x7e)) {
                return false;
            }
        }
        return true;
    }
}
