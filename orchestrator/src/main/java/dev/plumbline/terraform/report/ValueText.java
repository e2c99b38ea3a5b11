package dev.plumbline.terraform.report;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.terraform.plan.Value;
import dev.plumbline.terraform.plan.ValueJson;

/** Single values as words on a line, secrets masked and control characters removed. */
final class ValueText {
    static final String UNKNOWN = "(known after apply)";

    private final Masker masker;

    ValueText(Masker masker) {
        this.masker = masker;
    }

    /** A string, number, boolean, null, unknown, or an empty list or map, as Terraform's language writes it. */
    String of(Value value) {
        if (value instanceof Value.Text text) {
            return quoted(text.value());
        } else if (value instanceof Value.Num number) {
            return masker.mask(number.text());
        } else if (value instanceof Value.Bool bool) {
            return String.valueOf(bool.value());
        } else if (value instanceof Value.Unknown) {
            return UNKNOWN;
        } else if (value instanceof Value.Items) {
            return "[]";
        } else if (value instanceof Value.Fields) {
            return "{}";
        }
        return "null";
    }

    String quoted(String text) {
        return safe(ValueJson.plain(new Value.Text(masker.mask(text))));
    }

    /** A key: bare where it can be, else in quotes. */
    String key(String key) {
        boolean bare =
                !key.isEmpty() && key.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
        return bare ? masker.mask(key) : quoted(key);
    }

    /** Several lines of text as they are. */
    String raw(String text) {
        return safe(masker.mask(text));
    }

    private static String safe(String text) {
        return TerminalText.safe(text);
    }

    /** Whether it takes more than one line. */
    static boolean nested(Value value) {
        return value instanceof Value.Items items && !items.values().isEmpty()
                || value instanceof Value.Fields fields && !fields.values().isEmpty();
    }
}
