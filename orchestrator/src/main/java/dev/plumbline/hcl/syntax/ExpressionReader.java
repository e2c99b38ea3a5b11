package dev.plumbline.hcl.syntax;

import dev.plumbline.hcl.syntax.Expression.Bool;
import dev.plumbline.hcl.syntax.Expression.Entry;
import dev.plumbline.hcl.syntax.Expression.ListOf;
import dev.plumbline.hcl.syntax.Expression.Null;
import dev.plumbline.hcl.syntax.Expression.Num;
import dev.plumbline.hcl.syntax.Expression.ObjectOf;
import dev.plumbline.hcl.syntax.Expression.Text;
import dev.plumbline.hcl.syntax.Expression.Traversal;
import dev.plumbline.hcl.syntax.Lexer.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value from the lexer's current token on and leaves the lexer at the token that ends it. Each method that
 * returns null has passed what it could not make sense of; the caller then keeps the whole as raw text.
 */
final class ExpressionReader {
    /** A value with more parts than this stays raw: nobody asks for its parts, and they would cost memory. */
    private static final int MOST_PARTS = 20_000;

    /** What surrounds a value, and so what ends it. */
    enum Within {
        BODY,
        LIST,
        OBJECT
    }

    private final SourceText source;
    private final Lexer lexer;
    private final Problems problems;
    private final Brackets open = new Brackets();
    private int depth;
    private int parts;
    private int lastEnd;
    private boolean broken;

    ExpressionReader(SourceText source, Lexer lexer, Problems problems) {
        this.source = source;
        this.lexer = lexer;
        this.problems = problems;
    }

    /** Whether the last value never ended: a bracket or string in it is not closed. */
    boolean broken() {
        return broken;
    }

    /** The value of an attribute. */
    Expression read() {
        depth = 0;
        parts = 0;
        broken = false;
        int start = lexer.start();
        if (atEnd(Within.BODY)) {
            complain("a value is missing here");
        }
        return read(Within.BODY);
    }

    /** Passes the rest of a line that makes no sense, with all that its brackets hold. */
    void skipLine() {
        broken = false;
        skipTo(Within.BODY);
    }

    /** The end of the last token that was passed. */
    int lastEnd() {
        return lastEnd;
    }

    private Expression read(Within within) {
        int start = lexer.start();
        lastEnd = start;
        parts++;
        Expression simple = simple(start);
        if (within == Within.LIST && !broken) {
            skipNewlines();
        }
        if (simple != null && atEnd(within)) {
            return simple;
        }
        skipTo(within);
        return source.raw(start, lastEnd);
    }

    private @Nullable Expression simple(int start) {
        Position position = source.position(start);
        if (lexer.is(Kind.QUOTE_OPEN)) {
            String text = text();
            return text == null ? null : new Text(text, position);
        }
        if (lexer.is(Kind.NUMBER)) {
            return new Num(pass(), position);
        }
        if (lexer.is(Kind.OTHER, '-')) {
            advance();
            return lexer.is(Kind.NUMBER) ? new Num("-" + pass(), position) : null;
        }
        if (lexer.is(Kind.NAME)) {
            return word(position);
        }
        return lexer.is(Kind.OPEN) && !lexer.is(Kind.OPEN, '(') ? nested(position) : null;
    }

    private @Nullable Expression nested(Position position) {
        boolean list = lexer.is(Kind.OPEN, '[');
        advance();
        if (depth >= HclFile.MAX_DEPTH || parts > MOST_PARTS) {
            skipClosing(list ? '[' : '{');
            return null;
        }
        depth++;
        Expression value = list ? list(position) : object(position);
        depth--;
        return value;
    }

    private @Nullable Expression word(Position position) {
        List<String> steps = new ArrayList<>();
        steps.add(pass());
        while (lexer.is(Kind.DOT) || lexer.is(Kind.OPEN, '[')) {
            String step = lexer.is(Kind.DOT) ? dotStep() : indexStep();
            if (step == null) {
                return null;
            }
            steps.add(step);
        }
        if (steps.size() == 1) {
            switch (steps.get(0)) {
                case "true", "false" -> {
                    return new Bool(steps.get(0).equals("true"), position);
                }
                case "null" -> {
                    return new Null(position);
                }
                default -> {}
            }
        }
        return new Traversal(steps, position);
    }

    private @Nullable String dotStep() {
        advance();
        if (lexer.is(Kind.NUMBER)) {
            return "[" + pass() + "]";
        }
        return lexer.is(Kind.NAME) ? pass() : null;
    }

    private @Nullable String indexStep() {
        advance();
        skipNewlines();
        String index = null;
        if (lexer.is(Kind.NUMBER)) {
            index = pass();
        } else if (lexer.is(Kind.QUOTE_OPEN)) {
            String key = text();
            index = key == null ? null : '"' + key + '"';
        }
        if (!broken) {
            skipNewlines();
            if (index != null && lexer.is(Kind.CLOSE, ']')) {
                advance();
                return "[" + index + "]";
            }
            skipClosing('[');
        }
        return null;
    }

    private @Nullable Expression list(Position position) {
        skipNewlines();
        if (lexer.isName("for")) {
            skipClosing('[');
            return null;
        }
        List<Expression> items = new ArrayList<>();
        while (!lexer.is(Kind.CLOSE, ']')) {
            items.add(read(Within.LIST));
            if (broken) {
                return null;
            }
            if (lexer.is(Kind.COMMA)) {
                advance();
                skipNewlines();
            }
        }
        advance();
        return new ListOf(items, position);
    }

    private @Nullable Expression object(Position position) {
        List<Entry> entries = new ArrayList<>();
        skipNewlines();
        while (!lexer.is(Kind.CLOSE, '}')) {
            String key = lexer.isName("for") && entries.isEmpty() ? null : key();
            if (broken) {
                return null;
            }
            if (key == null || !(lexer.is(Kind.EQUALS) || lexer.is(Kind.COLON))) {
                skipClosing('{');
                return null;
            }
            advance();
            entries.add(new Entry(key, read(Within.OBJECT)));
            if (broken) {
                return null;
            }
            while (lexer.is(Kind.COMMA) || lexer.is(Kind.NEWLINE)) {
                advance();
            }
        }
        advance();
        return new ObjectOf(entries, position);
    }

    private @Nullable String key() {
        if (lexer.is(Kind.QUOTE_OPEN)) {
            return text();
        }
        return lexer.is(Kind.NAME) || lexer.is(Kind.NUMBER) ? pass() : null;
    }

    /** A string's value, or null after having passed one with interpolations. */
    @Nullable
    String text() {
        advance();
        String written = "";
        while (!lexer.is(Kind.QUOTE_CLOSE)) {
            if (!lexer.is(Kind.TEXT)) {
                skipClosing('"');
                return null;
            }
            written = pass();
        }
        checkClosed();
        advance();
        return Escapes.resolve(written);
    }

    private void checkClosed() {
        if (lexer.start() == lexer.end()) {
            complain("the string is not closed on its line");
        }
    }

    private void complain(String sentence) {
        if (!problems.isFull()) {
            problems.add(Problem.Kind.SYNTAX, source.position(lexer.start()), sentence);
        }
    }

    private void skipClosing(char opened) {
        if (!broken) {
            open.clear();
            open.push(opened);
            skip(null);
        }
    }

    private void skipTo(Within within) {
        if (!broken) {
            open.clear();
            skip(within);
        }
    }

    /** Passes tokens until every open bracket is closed and, where something surrounds the value, its end comes. */
    private void skip(@Nullable Within within) {
        while (within == null || !open.isEmpty() || !atEnd(within)) {
            if (lexer.is(Kind.END)) {
                complain("the file ends inside a value");
                broken = true;
                return;
            }
            if (lexer.is(Kind.QUOTE_CLOSE)) {
                checkClosed();
            }
            if (!open.follow(lexer)) {
                complain("a bracket closes here that was not opened");
                broken = !open.isEmpty();
                if (broken) {
                    return;
                }
            }
            advance();
            if (within == null && open.isEmpty()) {
                return;
            }
        }
    }

    private boolean atEnd(Within within) {
        return switch (within) {
            case BODY -> lexer.is(Kind.NEWLINE) || lexer.is(Kind.END) || lexer.is(Kind.CLOSE, '}');
            case LIST -> lexer.is(Kind.COMMA) || lexer.is(Kind.CLOSE, ']');
            case OBJECT -> lexer.is(Kind.COMMA) || lexer.is(Kind.NEWLINE) || lexer.is(Kind.CLOSE, '}');
        };
    }

    private void skipNewlines() {
        while (lexer.is(Kind.NEWLINE)) {
            lexer.next();
        }
    }

    private String pass() {
        String token = lexer.token();
        advance();
        return token;
    }

    private void advance() {
        if (!lexer.is(Kind.NEWLINE)) {
            lastEnd = lexer.end();
        }
        lexer.next();
    }
}
