package dev.plumbline.hcl.syntax;

import java.util.Arrays;

/** The brackets, strings and heredocs that are open at some place, the innermost last. */
final class Brackets {
    private char[] open = new char[16];
    private int depth;

    boolean isEmpty() {
        return depth == 0;
    }

    void clear() {
        depth = 0;
    }

    void push(char opened) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
        }
        open[depth++] = opened;
    }

    /** Takes the lexer's current token into account; false where it closes what is not open. */
    boolean follow(Lexer lexer) {
        switch (lexer.kind()) {
            case OPEN -> push(lexer.is(Lexer.Kind.OPEN, '(') ? '(' : lexer.is(Lexer.Kind.OPEN, '[') ? '[' : '{');
            case QUOTE_OPEN -> push('"');
            case TEMPLATE_OPEN -> push('$');
            case HEREDOC_OPEN -> push('<');
            case CLOSE -> {
                return pop(lexer.is(Lexer.Kind.CLOSE, ')') ? '(' : lexer.is(Lexer.Kind.CLOSE, ']') ? '[' : '{');
            }
            case QUOTE_CLOSE -> {
                return pop('"');
            }
            case TEMPLATE_CLOSE -> {
                return pop('$');
            }
            case HEREDOC_CLOSE -> {
                return pop('<');
            }
            default -> {}
        }
        return true;
    }

    private boolean pop(char opened) {
        if (depth == 0 || open[depth - 1] != opened) {
            return false;
        }
        depth--;
        return true;
    }
}
