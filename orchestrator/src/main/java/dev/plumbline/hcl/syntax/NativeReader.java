package dev.plumbline.hcl.syntax;

import dev.plumbline.hcl.syntax.Expression.Raw;
import dev.plumbline.hcl.syntax.Lexer.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads native syntax. Open blocks stand on a stack of its own. Where something is malformed, reading goes on with the
 * next line; where something is not closed, with the next unindented name, a bounded number of times.
 */
final class NativeReader {
    /** Each fresh start may read the rest of the file once more, so what is read again is bounded. */
    private static final long MOST_READ_AGAIN = 8L * 1024 * 1024;

    private final SourceText source;
    private final Problems problems;
    private final Lexer lexer;
    private final ExpressionReader expressions;
    private final OpenBlock file = new OpenBlock("", List.of(), 0);
    private final Deque<OpenBlock> open = new ArrayDeque<>();
    private long readAgain;

    NativeReader(SourceText source, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.lexer = Lexer.ofExpression(source.text());
        this.expressions = new ExpressionReader(source, lexer, problems);
        open.push(file);
    }

    Body read() {
        lexer.watchReplacements(source.isReplaced());
        Body body = readItems();
        if (lexer.firstReplacement() >= 0) {
            problems.addEncoding(source.position(lexer.firstReplacement()));
        }
        return body;
    }

    private Body readItems() {
        while (true) {
            if (problems.isFull()) {
                file.unread.add(source.raw(lexer.start(), source.text().length()));
                closeAll();
                return file.body();
            }
            if (lexer.is(Kind.NEWLINE)) {
                lexer.next();
            } else if (lexer.is(Kind.END)) {
                if (!endOfFile()) {
                    return file.body();
                }
            } else if (lexer.is(Kind.CLOSE, '}') && open.size() > 1) {
                close();
                lexer.next();
            } else if (lexer.is(Kind.NAME)) {
                item();
            } else {
                junk(lexer.start());
            }
        }
    }

    private OpenBlock here() {
        return open.element();
    }

    private void item() {
        int start = lexer.start();
        String name = lexer.token();
        lexer.next();
        if (lexer.is(Kind.EQUALS)) {
            lexer.next();
            attribute(name, start);
            return;
        }
        List<String> labels = labels();
        if (lexer.is(Kind.OPEN, '{')) {
            block(new OpenBlock(name, labels, start));
        } else {
            junk(start);
        }
    }

    private void attribute(String name, int start) {
        Expression value = expressions.read();
        if (expressions.broken()) {
            startAfresh(start, true);
        } else {
            here().attributes.add(new Attribute(name, value, source.position(start)));
        }
    }

    private List<String> labels() {
        List<String> labels = new ArrayList<>();
        while (lexer.is(Kind.NAME) || lexer.is(Kind.QUOTE_OPEN)) {
            if (lexer.is(Kind.NAME)) {
                labels.add(lexer.token());
                lexer.next();
            } else {
                String label = expressions.text();
                if (label == null) {
                    break;
                }
                labels.add(label);
            }
        }
        return labels;
    }

    private void block(OpenBlock block) {
        if (open.size() > HclFile.MAX_DEPTH) {
            problems.add(
                    Problem.Kind.TOO_DEEP,
                    source.position(block.start),
                    "blocks are nested deeper than " + HclFile.MAX_DEPTH + " levels; what lies deeper is not read");
            junkQuietly(block.start);
        } else {
            open.push(block);
            lexer.next();
        }
    }

    private void close() {
        OpenBlock closed = open.pop();
        here().blocks.add(new Block(closed.type, closed.labels, closed.body(), source.position(closed.start)));
    }

    private void junk(int start) {
        String sentence = "neither an attribute nor a block begins here";
        problems.add(Problem.Kind.SYNTAX, source.position(start), sentence);
        junkQuietly(start);
    }

    private void junkQuietly(int start) {
        int before = lexer.start();
        if (lexer.is(Kind.CLOSE)) {
            lexer.next();
        }
        expressions.skipLine();
        if (expressions.broken()) {
            startAfresh(start, true);
        } else {
            here().unread.add(source.raw(start, Math.max(expressions.lastEnd(), before + 1)));
        }
    }

    /** False where the file is read; true where an unclosed block made another start necessary. */
    private boolean endOfFile() {
        if (open.size() == 1) {
            return false;
        }
        open.removeLast();
        OpenBlock outermost = open.peekLast();
        open.addLast(file);
        int start = outermost == null ? 0 : outermost.start;
        problems.add(Problem.Kind.SYNTAX, source.position(start), "the block is not closed");
        int resume = nextStart(start);
        if (resume < 0) {
            closeAll();
            return false;
        }
        int line = source.position(resume).line();
        open.forEach(block -> block.dropFrom(block == file ? Integer.MAX_VALUE : line));
        while (open.size() > 1 && source.position(here().start).line() >= line) {
            open.pop();
        }
        startAfresh(start, false);
        return true;
    }

    private void startAfresh(int problem, boolean keepRaw) {
        int next = nextStart(problem);
        int resume = next < 0 ? source.text().length() : next;
        if (keepRaw) {
            here().unread.add(source.raw(problem, resume));
        }
        closeAll();
        readAgain += Math.max(0, lexer.start() - resume);
        lexer.restartAt(resume);
    }

    private int nextStart(int problem) {
        return readAgain <= MOST_READ_AGAIN ? source.nextUnindentedName(problem) : -1;
    }

    private void closeAll() {
        while (open.size() > 1) {
            close();
        }
    }

    /** A block whose end has not come yet. */
    private static final class OpenBlock {
        private final String type;
        private final List<String> labels;
        private final int start;
        private final List<Attribute> attributes = new ArrayList<>();
        private final List<Block> blocks = new ArrayList<>();
        private final List<Raw> unread = new ArrayList<>();

        OpenBlock(String type, List<String> labels, int start) {
            this.type = type;
            this.labels = labels;
            this.start = start;
        }

        Body body() {
            return new Body(attributes, blocks, unread);
        }

        void dropFrom(int line) {
            attributes.removeIf(attribute -> attribute.position().line() >= line);
            blocks.removeIf(block -> block.position().line() >= line);
            unread.removeIf(raw -> raw.position().line() >= line);
        }
    }
}
