package dev.plumbline.terraform.plan;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A resource instance's address and its parts.
 *
 * @param text the whole of it
 * @param module the module's address; empty for the root module
 * @param index the {@code count} number or {@code for_each} key; null where it has neither
 */
public record ResourceAddress(
        String text,
        String module,
        Mode mode,
        String type,
        String name,
        @Nullable Value index) {

    /** What kind of block declares it. */
    public enum Mode {
        MANAGED,
        DATA
    }

    /** The address without its module. */
    public String local() {
        return module.isEmpty() ? text : text.substring(module.length() + 1);
    }

    /**
     * Takes an address as Terraform writes it apart.
     *
     * @throws IllegalArgumentException where it is not a resource instance's address
     */
    static ResourceAddress parse(String text) {
        Parser parser = new Parser(text);
        int moduleEnd = 0;
        String word = parser.name();
        while (word.equals("module")) {
            parser.expect('.');
            parser.name();
            parser.index();
            moduleEnd = parser.position;
            parser.expect('.');
            word = parser.name();
        }
        Mode mode = Mode.MANAGED;
        if (word.equals("data")) {
            mode = Mode.DATA;
            parser.expect('.');
            word = parser.name();
        }
        parser.expect('.');
        String name = parser.name();
        Value index = parser.index();
        if (parser.position != text.length()) {
            throw parser.wrong();
        }
        return new ResourceAddress(text, text.substring(0, moduleEnd), mode, word, name, index);
    }

    /** Reads an address from left to right. */
    private static final class Parser {
        private final String text;
        private int position;

        Parser(String text) {
            this.text = text;
        }

        String name() {
            int start = position;
            while (position < text.length() && ".[".indexOf(text.charAt(position)) < 0) {
                position++;
            }
            if (position == start) {
                throw wrong();
            }
            return text.substring(start, position);
        }

        void expect(char c) {
            if (position >= text.length() || text.charAt(position) != c) {
                throw wrong();
            }
            position++;
        }

        @Nullable
        Value index() {
            if (position >= text.length() || text.charAt(position) != '[') {
                return null;
            }
            position++;
            Value index = position < text.length() && text.charAt(position) == '"' ? quoted() : number();
            expect(']');
            return index;
        }

        private Value number() {
            int end = text.indexOf(']', position);
            if (end < 0) {
                throw wrong();
            }
            String digits = text.substring(position, end);
            position = end;
            try {
                return new Value.Num(new BigDecimal(digits));
            } catch (NumberFormatException e) {
                throw wrong();
            }
        }

        /** A key in HCL's quotes, where a template mark is doubled. */
        private Value quoted() {
            StringBuilder key = new StringBuilder();
            position++;
            while (position < text.length() && text.charAt(position) != '"') {
                char c = text.charAt(position++);
                if (c == '\\' && position < text.length()) {
                    key.append(unescape());
                } else {
                    key.append(c);
                    if ((c == '$' || c == '%') && text.startsWith(c + "{", position)) {
                        position++;
                        key.append('{');
                    }
                }
            }
            expect('"');
            return new Value.Text(key.toString());
        }

        private String unescape() {
            char c = text.charAt(position++);
            return switch (c) {
                case 'n' -> "\n";
                case 'r' -> "\r";
                case 't' -> "\t";
                case 'u' -> codePoint(4);
                case 'U' -> codePoint(8);
                default -> String.valueOf(c);
            };
        }

        private String codePoint(int digits) {
            if (position + digits > text.length()) {
                throw wrong();
            }
            try {
                String point = Character.toString(Integer.parseInt(text, position, position + digits, 16));
                position += digits;
                return point;
            } catch (IllegalArgumentException e) {
                throw wrong();
            }
        }

        IllegalArgumentException wrong() {
            return new IllegalArgumentException("not a resource's address: " + text);
        }
    }
}
