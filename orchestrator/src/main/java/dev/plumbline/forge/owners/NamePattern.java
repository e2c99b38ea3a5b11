package dev.plumbline.forge.owners;

import java.util.ArrayList;
import java.util.List;

/**
 * A glob over one name of a path: {@code *} is any characters, {@code ?} is one, {@code [a-c]} one of several where the dialect has
 * it, and a backslash takes the next character as it is. Steps back over one star at most, so that it takes time in proportion to
 * both lengths multiplied.
 */
final class NamePattern {
    private final List<Token> tokens;

    private NamePattern(List<Token> tokens) {
        this.tokens = tokens;
    }

    private sealed interface Token {
        /** Any characters, also none. */
        record Star() implements Token {}

        /** Exactly one character. */
        record One(boolean negated, List<Range> ranges) implements Token {
            boolean fits(char c) {
                for (Range range : ranges) {
                    if (range.from() <= c && c <= range.to()) {
                        return !negated;
                    }
                }
                return negated;
            }
        }
    }

    private record Range(char from, char to) {}

    /** Whether a pattern fits its own text alone, in any dialect. */
    static boolean isPlain(String text) {
        return text.chars().allMatch(c -> "*?[\\".indexOf(c) < 0);
    }

    /** @param sets whether brackets choose among characters; else they are characters */
    static NamePattern parse(String text, boolean sets) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '*') {
                if (tokens.isEmpty() || !(tokens.get(tokens.size() - 1) instanceof Token.Star)) {
                    tokens.add(new Token.Star());
                }
            } else if (c == '?') {
                tokens.add(new Token.One(true, List.of()));
            } else if (c == '[' && sets) {
                at = set(text, at, tokens);
            } else if (c == '\\' && at < text.length()) {
                tokens.add(literal(text.charAt(at++)));
            } else {
                tokens.add(literal(c));
            }
        }
        return new NamePattern(List.copyOf(tokens));
    }

    private static Token literal(char c) {
        return new Token.One(false, List.of(new Range(c, c)));
    }

    /** Reads what follows a bracket; one that is never closed fits nothing. Gives where the reading goes on. */
    private static int set(String text, int start, List<Token> tokens) {
        int at = start;
        boolean negated = at < text.length() && (text.charAt(at) == '^' || text.charAt(at) == '!');
        at += negated ? 1 : 0;
        List<Range> ranges = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != ']') {
            at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
            char from = text.charAt(at++);
            char to = from;
            if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
                at += text.charAt(at + 1) == '\\' && at + 2 < text.length() ? 2 : 1;
                to = text.charAt(at++);
            }
            ranges.add(new Range(from, to));
        }
        boolean closed = at < text.length();
        tokens.add(closed ? new Token.One(negated, ranges) : new Token.One(false, List.of()));
        return at + 1;
    }

    boolean fits(String name, Effort effort) {
        int token = 0;
        int at = 0;
        int star = -1;
        int mark = 0;
        int steps = 1;
        while (at < name.length()) {
            steps++;
            if (token < tokens.size() && tokens.get(token) instanceof Token.Star) {
                star = token++;
                mark = at;
            } else if (token < tokens.size()
                    && tokens.get(token) instanceof Token.One one
                    && one.fits(name.charAt(at))) {
                token++;
                at++;
            } else if (star >= 0) {
                token = star + 1;
                at = ++mark;
            } else {
                break;
            }
        }
        effort.spend(steps);
        while (token < tokens.size() && tokens.get(token) instanceof Token.Star) {
            token++;
        }
        return at == name.length() && token == tokens.size();
    }
}
