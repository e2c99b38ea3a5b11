package dev.plumbline.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Turns bytes into a tree of nodes with positions, and refuses what would cost too much to look at. */
final class YamlDocument {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 50;
    private static final int MAX_ALIASES = 50;

    private final String file;
    private final LoadSettings settings;

    YamlDocument(String file) {
        this.file = file;
        this.settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setCodePointLimit(MAX_BYTES)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setUseMarks(true)
                .build();
    }

    /**
     * The root of the document; empty where the file says nothing.
     *
     * @throws UnreadableException with the one problem that ends the reading
     */
    Optional<MappingNode> root(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new UnreadableException(problem(Optional.empty(), "larger than 1 MiB, which no configuration is"));
        }
        String text = decode(bytes);
        try {
            measure(text);
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty() || Yaml.isNull(root.get())) {
                return Optional.empty();
            }
            if (root.get() instanceof MappingNode) {
                return Optional.of((MappingNode) root.get());
            }
            throw new UnreadableException(
                    problem(root.get().getStartMark(), "expected keys with values, not " + Yaml.describe(root.get())));
        } catch (MarkedYamlEngineException e) {
            String what = e.getProblem() == null ? "can't be read" : e.getProblem();
            String quote = what.contains("'@'") ? "; quote what begins with @, as in \"@ada\"" : "";
            throw new UnreadableException(problem(e.getProblemMark(), "not valid YAML: " + what + quote));
        } catch (ReaderException e) {
            throw new UnreadableException(problem(
                    text.substring(0, text.offsetByCodePoints(0, e.getPosition())),
                    "a control character (%d) stands here; take it out".formatted(e.getCodePoint())));
        } catch (YamlEngineException e) {
            throw new UnreadableException(problem(Optional.empty(), "not valid YAML: " + e.getMessage()));
        }
    }

    /** Composing recurses and follows aliases; so depth and a second document are found on the flat events first. */
    private void measure(String text) {
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof DocumentStartEvent) {
                documents++;
            }
            if (depth > MAX_DEPTH) {
                throw new UnreadableException(
                        problem(event.getStartMark(), "nested deeper than " + MAX_DEPTH + " levels"));
            }
            if (documents > 1) {
                throw new UnreadableException(problem(event.getStartMark(), "a second document; expected one"));
            }
        }
    }

    private String decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new UnreadableException(problem(text, "not UTF-8 text from here on; save the file as UTF-8"));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** @param before what stands before the place */
    private ConfigProblem problem(String before, String message) {
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return new ConfigProblem(file, line, column, message);
    }

    private ConfigProblem problem(Optional<Mark> mark, String message) {
        Position position = Yaml.position(mark);
        return new ConfigProblem(file, position.line(), position.column(), message);
    }

    /** The whole file can't be read, for one reason. */
    static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ConfigProblem problem;

        UnreadableException(ConfigProblem problem) {
            super(problem.toString());
            this.problem = problem;
        }

        ConfigProblem problem() {
            return problem;
        }
    }
}
