package dev.plumbline.hcl.syntax;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Cuts native syntax into tokens. Strings, heredocs and the expressions inside them nest to any depth on a stack of its
 * own; nothing recurses, each character is looked at a constant number of times.
 */
final class Lexer {
    enum Kind {
        NAME,
        NUMBER,
        QUOTE_OPEN,
        QUOTE_CLOSE,
        TEXT,
        TEMPLATE_OPEN,
        TEMPLATE_CLOSE,
        HEREDOC_OPEN,
        HEREDOC_CLOSE,
        OPEN,
        CLOSE,
        NEWLINE,
        COMMA,
        EQUALS,
        COLON,
        DOT,
        OTHER,
        END
    }

    private static final byte BRACE = 1;
    private static final byte TEMPLATE = 2;
    private static final byte QUOTED = 3;
    private static final byte HEREDOC = 4;

    private final String text;
    private final int limit;
    private byte[] modes = new byte[32];
    private int depth;
    private final Deque<String> markers = new ArrayDeque<>();
    private int pos;
    private Kind kind = Kind.END;
    private int start;
    private boolean watching;
    private int firstReplacement = -1;

    private Lexer(String text) {
        this.text = text;
        this.limit = text.length();
    }

    /** Stands on the first token. */
    static Lexer ofExpression(String text) {
        Lexer lexer = new Lexer(text);
        lexer.next();
        return lexer;
    }

    /** For the inside of a string, to the end of the text; line breaks and quotes are ordinary characters in it. */
    static Lexer ofTemplate(String text) {
        Lexer lexer = new Lexer(text);
        lexer.push(HEREDOC);
        lexer.markers.push("");
        lexer.next();
        return lexer;
    }

    Kind kind() {
        return kind;
    }

    int start() {
        return start;
    }

    int end() {
        return pos;
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean is(Kind wanted, char first) {
        return kind == wanted && text.charAt(start) == first;
    }

    boolean isName(String name) {
        return kind == Kind.NAME && pos - start == name.length() && text.startsWith(name, start);
    }

    /** The current token as written. */
    String token() {
        return text.substring(start, pos);
    }

    /** Goes to a place outside any string or bracket. */
    void restartAt(int offset) {
        depth = 0;
        markers.clear();
        pos = offset;
        next();
    }

    void next() {
        int mode = depth == 0 ? 0 : modes[depth - 1];
        if (mode == QUOTED) {
            nextInQuotes();
        } else if (mode == HEREDOC) {
            nextInHeredoc();
        } else {
            skipBlanks();
            nextPlain();
        }
        if (watching) {
            watch();
        }
    }

    /** From the current token on, notes where bytes were replaced outside comments: in those, Terraform accepts them. */
    void watchReplacements(boolean watch) {
        watching = watch;
        if (watch) {
            watch();
        }
    }

    /** Where a replaced byte stands, or -1. */
    int firstReplacement() {
        return firstReplacement;
    }

    private void watch() {
        int at = firstReplacement < 0 ? text.substring(start, pos).indexOf(SourceText.REPLACEMENT) : -1;
        if (at >= 0) {
            firstReplacement = start + at;
        }
    }

    private void skipBlanks() {
        while (pos < limit) {
            char c = text.charAt(pos);
            if (c == ' ' || c == '\t' || c == '\r') {
                pos++;
            } else if (c == '#' || text.startsWith("//", pos)) {
                int line = text.indexOf('\n', pos);
                pos = line < 0 ? limit : line;
            } else if (text.startsWith("/*", pos)) {
                int close = text.indexOf("*/", pos + 2);
                pos = close < 0 ? limit : close + 2;
            } else {
                return;
            }
        }
    }

    private void nextPlain() {
        start = pos;
        if (pos >= limit) {
            kind = Kind.END;
            return;
        }
        int c = text.codePointAt(pos);
        if (isNameStart(c)) {
            pos = endOfName(pos);
            kind = Kind.NAME;
        } else if (c >= '0' && c <= '9') {
            pos = endOfNumber(pos);
            kind = Kind.NUMBER;
        } else if (c == '<' && openHeredoc()) {
            kind = Kind.HEREDOC_OPEN;
        } else {
            nextSign(c);
        }
    }

    private void nextSign(int c) {
        switch (c) {
            case '\n' -> token(Kind.NEWLINE, 1);
            case ',' -> token(Kind.COMMA, 1);
            case ':' -> token(Kind.COLON, 1);
            case '(', '[' -> token(Kind.OPEN, 1);
            case ')', ']' -> token(Kind.CLOSE, 1);
            case '{' -> {
                push(BRACE);
                token(Kind.OPEN, 1);
            }
            case '}' -> closeBrace();
            case '"' -> {
                push(QUOTED);
                token(Kind.QUOTE_OPEN, 1);
            }
            case '.' -> token(text.startsWith("...", pos) ? Kind.OTHER : Kind.DOT, text.startsWith("...", pos) ? 3 : 1);
            case '=' -> {
                boolean longer = text.startsWith("==", pos) || text.startsWith("=>", pos);
                token(longer ? Kind.OTHER : Kind.EQUALS, longer ? 2 : 1);
            }
            case '<', '>', '!' -> token(Kind.OTHER, pos + 1 < limit && text.charAt(pos + 1) == '=' ? 2 : 1);
            default -> token(Kind.OTHER, Character.charCount(c));
        }
    }

    private void closeBrace() {
        boolean template = depth > 0 && modes[depth - 1] == TEMPLATE;
        if (depth > 0) {
            depth--;
        }
        token(template ? Kind.TEMPLATE_CLOSE : Kind.CLOSE, 1);
    }

    private void token(Kind found, int length) {
        kind = found;
        pos += length;
    }

    private boolean openHeredoc() {
        if (!text.startsWith("<<", pos)) {
            return false;
        }
        int name = pos + (text.startsWith("<<-", pos) ? 3 : 2);
        if (name >= limit || !isNameStart(text.codePointAt(name))) {
            return false;
        }
        int end = endOfName(name);
        int line = text.startsWith("\r\n", end) ? end + 2 : text.startsWith("\n", end) ? end + 1 : -1;
        if (line < 0) {
            return false;
        }
        markers.push(text.substring(name, end));
        push(HEREDOC);
        pos = line;
        return true;
    }

    /** A string that its line does not close gives a closing token without characters. */
    private void nextInQuotes() {
        start = pos;
        char c = pos < limit ? text.charAt(pos) : '\n';
        if (c == '"' || c == '\n') {
            depth--;
            token(Kind.QUOTE_CLOSE, c == '"' ? 1 : 0);
        } else if (!openTemplate()) {
            while (pos < limit && !endsQuotedText(text.charAt(pos))) {
                pos += lengthOfTextPiece(true);
            }
            pos = Math.min(pos, limit);
            kind = Kind.TEXT;
        }
    }

    private boolean endsQuotedText(char c) {
        return c == '"' || c == '\n' || isTemplateOpen();
    }

    private void nextInHeredoc() {
        start = pos;
        if (pos >= limit) {
            kind = Kind.END;
        } else if (!openTemplate() && !closeHeredoc()) {
            kind = Kind.TEXT;
            do {
                pos += lengthOfTextPiece(false);
            } while (pos < limit && !isTemplateOpen() && !(text.charAt(pos - 1) == '\n' && endOfMarker() >= 0));
            pos = Math.min(pos, limit);
        }
    }

    private boolean closeHeredoc() {
        int end = pos == 0 || text.charAt(pos - 1) == '\n' ? endOfMarker() : -1;
        if (end < 0) {
            return false;
        }
        markers.pop();
        depth--;
        pos = end;
        kind = Kind.HEREDOC_CLOSE;
        return true;
    }

    /** Where the heredoc's marker ends if the line that begins here holds nothing else, or -1. */
    private int endOfMarker() {
        String marker = markers.element();
        int at = skipSpaces(pos);
        if (marker.isEmpty() || !text.startsWith(marker, at)) {
            return -1;
        }
        int rest = skipSpaces(at + marker.length());
        return rest >= limit || text.charAt(rest) == '\n' ? at + marker.length() : -1;
    }

    private int skipSpaces(int from) {
        int at = from;
        while (at < limit && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '\r')) {
            at++;
        }
        return at;
    }

    private boolean isTemplateOpen() {
        char c = text.charAt(pos);
        return (c == '$' || c == '%') && pos + 1 < limit && text.charAt(pos + 1) == '{';
    }

    private boolean openTemplate() {
        if (!isTemplateOpen()) {
            return false;
        }
        push(TEMPLATE);
        token(Kind.TEMPLATE_OPEN, 2);
        return true;
    }

    /** A doubled sign before a brace, or an escape, is text although its characters look otherwise. */
    private int lengthOfTextPiece(boolean quoted) {
        char c = text.charAt(pos);
        if (quoted && c == '\\') {
            return pos + 1 < limit && text.charAt(pos + 1) == '\n' ? 1 : 2;
        }
        boolean doubled = text.startsWith("$${", pos) || text.startsWith("%%{", pos);
        return doubled ? 3 : 1;
    }

    private void push(byte mode) {
        if (depth == modes.length) {
            modes = Arrays.copyOf(modes, depth * 2);
        }
        modes[depth++] = mode;
    }

    private int endOfName(int from) {
        int at = from;
        while (at < limit && isNamePart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private int endOfNumber(int from) {
        int at = endOfDigits(from);
        if (at < limit && text.charAt(at) == '.' && endOfDigits(at + 1) > at + 1) {
            at = endOfDigits(at + 1);
        }
        if (at < limit && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < limit && (text.charAt(at + 1) == '+' || text.charAt(at + 1) == '-') ? 1 : 0;
            int digits = at + 1 + sign;
            at = endOfDigits(digits) > digits ? endOfDigits(digits) : at;
        }
        return at;
    }

    private int endOfDigits(int from) {
        int at = from;
        while (at < limit && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    static boolean isNameStart(int c) {
        return c == '_' || Character.isUnicodeIdentifierStart(c);
    }

    private static boolean isNamePart(int c) {
        return c == '-' || c == '_' || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }
}
