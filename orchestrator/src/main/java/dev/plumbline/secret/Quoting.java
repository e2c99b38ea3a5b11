package dev.plumbline.secret;

import java.util.Locale;

/** How a string's characters look between the quotes of other formats. */
final class Quoting {
    private Quoting() {}

    /** As JSON writes it, escaping no more than it must. */
    static String json(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < 0x20) {
                        quoted.append(unicode(c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.toString();
    }

    /** As Go's encoder writes JSON, and so Terraform's events and {@code jsonencode}: safe within HTML too. */
    static String goJson(String text) {
        return json(text)
                .replace("<", unicode('<'))
                .replace(">", unicode('>'))
                .replace("&", unicode('&'))
                .replace("\u2028", unicode('\u2028'))
                .replace("\u2029", unicode('\u2029'));
    }

    private static String unicode(char c) {
        return String.format(Locale.ROOT, "\\u%04x", (int) c);
    }
}
