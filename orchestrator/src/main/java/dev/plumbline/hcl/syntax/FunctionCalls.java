package dev.plumbline.hcl.syntax;

import dev.plumbline.hcl.syntax.Expression.ListOf;
import dev.plumbline.hcl.syntax.Expression.ObjectOf;
import dev.plumbline.hcl.syntax.Expression.Raw;
import dev.plumbline.hcl.syntax.Lexer.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds calls of given functions, also inside templates, heredocs, other calls, and what could not be read. */
public final class FunctionCalls {
    /** Keeps the time linear where calls are nested thousands deep. */
    public static final int LONGEST_ARGUMENT = 1_000;

    private final Set<String> names;
    private final List<FunctionCall> found = new ArrayList<>();

    private FunctionCalls(Set<String> names) {
        this.names = names;
    }

    /** All calls of these functions below this body, an inner call before the one around it. */
    public static List<FunctionCall> in(Body body, Set<String> names) {
        FunctionCalls calls = new FunctionCalls(names);
        calls.search(body);
        return List.copyOf(calls.found);
    }

    private void search(Body body) {
        body.attributes().forEach(attribute -> search(attribute.value()));
        body.unread().forEach(this::search);
        body.blocks().forEach(block -> search(block.body()));
    }

    private void search(Expression value) {
        if (value instanceof ListOf list) {
            list.items().forEach(this::search);
        } else if (value instanceof ObjectOf object) {
            object.entries().forEach(entry -> search(entry.value()));
        } else if (value instanceof Raw raw && raw.text().indexOf('(') >= 0) {
            search(raw);
        }
    }

    private void search(Raw raw) {
        boolean template = raw.form() == Raw.Form.TEMPLATE;
        Lexer lexer = template ? Lexer.ofTemplate(raw.text()) : Lexer.ofExpression(raw.text());
        SourceText lines = new SourceText(raw.position().file(), raw.text());
        Deque<Frame> frames = new ArrayDeque<>();
        Callee callee = new Callee();
        while (!lexer.is(Kind.END)) {
            switch (lexer.kind()) {
                case OPEN, QUOTE_OPEN, TEMPLATE_OPEN, HEREDOC_OPEN -> {
                    boolean call = lexer.is(Kind.OPEN, '(') && names.contains(callee.name());
                    frames.push(call ? new Frame(callee.name(), callee.start(), lexer.end()) : Frame.OTHER);
                }
                case COMMA -> {
                    if (!frames.isEmpty() && frames.element() != Frame.OTHER) {
                        frames.element().endArgument(raw.text(), lexer.start(), lexer.end());
                    }
                }
                case CLOSE, QUOTE_CLOSE, TEMPLATE_CLOSE, HEREDOC_CLOSE -> {
                    Frame closed = frames.poll();
                    if (closed != null && closed != Frame.OTHER) {
                        closed.endArgument(raw.text(), lexer.start(), lexer.end());
                        Position at = template ? raw.position() : within(raw.position(), lines.position(closed.name));
                        found.add(new FunctionCall(closed.function, closed.arguments, at));
                    }
                }
                default -> {}
            }
            callee.follow(lexer);
            lexer.next();
        }
    }

    private static Position within(Position base, Position inner) {
        int column = inner.line() == 1 ? base.column() + inner.column() - 1 : inner.column();
        return new Position(base.file(), base.line() + inner.line() - 1, column);
    }

    /** An open bracket; with a function, that of its arguments. */
    private static final class Frame {
        private static final Frame OTHER = new Frame("", 0, 0);
        private final String function;
        private final int name;
        private final List<String> arguments = new ArrayList<>();
        private int argument;

        Frame(String function, int name, int argument) {
            this.function = function;
            this.name = name;
            this.argument = argument;
        }

        void endArgument(String text, int end, int next) {
            boolean tooLong = end - argument > LONGEST_ARGUMENT;
            String written = tooLong ? "" : text.substring(argument, end).strip();
            if (tooLong || !written.isEmpty()) {
                arguments.add(written);
            }
            argument = next;
        }
    }

    /** The function's name that the last tokens spell; {@code core::file} is {@code file}, {@code x.file} is none. */
    private static final class Callee {
        private @Nullable String name;
        private int start;
        private int colons;
        private boolean foreign;

        String name() {
            return name == null ? "" : name;
        }

        int start() {
            return start;
        }

        void follow(Lexer lexer) {
            if (lexer.is(Kind.NAME)) {
                name = foreign ? null : lexer.token();
                start = lexer.start();
                colons = 0;
            } else if (lexer.is(Kind.COLON)) {
                colons++;
                foreign = colons == 2 && !"core".equals(name);
            } else {
                name = null;
                colons = 0;
                foreign = lexer.is(Kind.DOT);
            }
        }
    }
}
