package dev.plumbline.hcl.syntax;

import dev.plumbline.hcl.syntax.Lexer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a string.
 *
 * @param literal false for an interpolation or a directive
 * @param text of a literal: its value; otherwise what stands between the braces, trimmed
 */
public record TemplatePart(boolean literal, String text) {

    /** The pieces of a quoted string as it stands in native syntax; empty where the text is anything else. */
    public static Optional<List<TemplatePart>> ofQuoted(String written) {
        Lexer lexer = Lexer.ofExpression(written);
        if (!lexer.is(Kind.QUOTE_OPEN)) {
            return Optional.empty();
        }
        List<TemplatePart> parts = new ArrayList<>();
        lexer.next();
        while (!lexer.is(Kind.QUOTE_CLOSE) && !lexer.is(Kind.END)) {
            if (lexer.is(Kind.TEXT)) {
                parts.add(new TemplatePart(true, Escapes.resolve(lexer.token())));
                lexer.next();
            } else {
                parts.add(new TemplatePart(false, interpolation(written, lexer)));
            }
        }
        lexer.next();
        return lexer.is(Kind.END) ? Optional.of(List.copyOf(parts)) : Optional.empty();
    }

    private static String interpolation(String written, Lexer lexer) {
        int from = lexer.end();
        int end = from;
        int depth = 0;
        do {
            depth += lexer.is(Kind.TEMPLATE_OPEN) ? 1 : lexer.is(Kind.TEMPLATE_CLOSE) ? -1 : 0;
            end = lexer.start();
            lexer.next();
        } while (depth > 0 && !lexer.is(Kind.END));
        return written.substring(from, Math.max(from, end)).strip();
    }
}
