package dev.plumbline.hcl.syntax;

/** The characters that strings spell in another way. */
final class Escapes {
    private Escapes() {}

    /** Resolves the backslashes and doubled signs of a quoted string; an unknown escape stays as it is. */
    static String resolve(String written) {
        if (written.indexOf('\\') < 0) {
            return resolveDoubledSigns(written);
        }
        StringBuilder value = new StringBuilder(written.length());
        int at = 0;
        while (at < written.length()) {
            char c = written.charAt(at);
            if (c == '\\' && at + 1 < written.length()) {
                at += appendEscape(written, at, value);
            } else if (isDoubled(written, at)) {
                value.append(c).append('{');
                at += 3;
            } else {
                value.append(c);
                at++;
            }
        }
        return value.toString();
    }

    /** Resolves only {@code $${} and {@code %%{}, the two that JSON strings have as well. */
    static String resolveDoubledSigns(String written) {
        return written.replace("$${", "${").replace("%%{", "%{");
    }

    /** Whether a decoded string holds an interpolation or a directive. */
    static boolean hasTemplate(String text) {
        for (int at = text.indexOf('{', 1); at > 0; at = text.indexOf('{', at + 1)) {
            char sign = text.charAt(at - 1);
            if ((sign == '$' || sign == '%') && !(at > 1 && text.charAt(at - 2) == sign)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDoubled(String written, int at) {
        return written.startsWith("$${", at) || written.startsWith("%%{", at);
    }

    private static int appendEscape(String written, int at, StringBuilder value) {
        char letter = written.charAt(at + 1);
        if (letter == 'u' || letter == 'U') {
            return appendCodePoint(written, at, letter == 'u' ? 4 : 8, value);
        }
        switch (letter) {
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case '"', '\\' -> value.append(letter);
            default -> value.append('\\').append(letter);
        }
        return 2;
    }

    private static int appendCodePoint(String written, int at, int digits, StringBuilder value) {
        int end = at + 2 + digits;
        if (end <= written.length()) {
            try {
                int codePoint = Integer.parseUnsignedInt(written, at + 2, end, 16);
                if (Character.isValidCodePoint(codePoint)) {
                    value.appendCodePoint(codePoint);
                    return 2 + digits;
                }
            } catch (NumberFormatException e) {
                // Not a number: it stays as it was written.
            }
        }
        value.append(written, at, at + 2);
        return 2;
    }
}
