package dev.plumbline.run;

import dev.plumbline.terraform.plan.StateFile;
import dev.plumbline.terraform.plan.StateFormatException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A state that somebody brings in, held against the one that is there by the rules of {@code terraform state push}. */
record IncomingState(byte[] content, StateFile state) {

    /** Reads it; whatever is not a whole state of Terraform's is refused, and told as what it is. */
    static Attempt<IncomingState> read(byte[] content) {
        if (content.length == 0) {
            return Attempt.refused("that is no state: the file is empty");
        }
        StateFile state;
        try {
            JsonNode version = version(content);
            if (version.isMissingNode()) {
                return Attempt.refused("that is no state: it is JSON, but without the \"version\" of a state;"
                        + " 'terraform state pull' prints one that fits ('terraform show -json' does not)");
            }
            if (!version.isIntegralNumber() || version.asLong() != 4) {
                return Attempt.refused("that state is of format " + version
                        + ", and only format 4 is known here: let Terraform 0.12 or later rewrite it, then push again");
            }
            state = StateFile.parse(content);
        } catch (JacksonException broken) {
            return Attempt.refused("that is no state: it is not JSON, or only a piece of it (line "
                    + broken.getLocation().getLineNr() + ")");
        } catch (StateFormatException broken) {
            return Attempt.refused("that is no state: " + broken.getMessage());
        }
        if (state.lineage().isEmpty()) {
            return Attempt.refused("that is no state that Terraform wrote: it has no lineage");
        }
        return Attempt.worked(new IncomingState(content, state));
    }

    String named() {
        return "lineage " + state.lineage() + ", serial " + state.serial();
    }

    boolean sameAs(Optional<byte[]> current) {
        return current.filter(there -> Arrays.equals(there, content)).isPresent();
    }

    /** Whether another place holds this state, or what became of it. */
    boolean isIn(byte[] other) {
        StateFile there = StateFile.parse(other);
        return there.lineage().equals(state.lineage()) && there.serial() >= state.serial();
    }

    /** Why it may not replace the current one unless that is forced; empty where it may. */
    Optional<String> conflict(Optional<StateFile> current) {
        if (current.isEmpty()) {
            return Optional.empty();
        }
        StateFile there = current.get();
        if (!there.lineage().equals(state.lineage())) {
            return Optional.of("that is the state of something else: its lineage is " + state.lineage()
                    + ", the stack's is " + there.lineage() + "; --force replaces it all the same");
        }
        if (state.serial() < there.serial()) {
            return Optional.of("that state is older: its serial is " + state.serial() + ", the stack's is "
                    + there.serial() + "; --force replaces it all the same");
        }
        return state.serial() == there.serial()
                ? Optional.of("the stack has another state with the same serial " + there.serial()
                        + ", so it is not clear which is newer; --force replaces it all the same")
                : Optional.empty();
    }

    /** The content, its serial raised where it would not be above the current one's. */
    byte[] above(Optional<StateFile> current) {
        return current.filter(there -> there.lineage().equals(state.lineage()) && there.serial() >= state.serial())
                .map(there -> withSerial(there.serial() + 1))
                .orElse(content);
    }

    /**
     * The content as what comes next after the one that is there. Terraform may leave a state that it could not save with the
     * serial of the one before it, and would then refuse it; a higher serial means that somebody wrote since, and stays refused.
     */
    byte[] following(byte[] there) {
        StateFile before = StateFile.parse(there);
        boolean sameCount = before.lineage().equals(state.lineage()) && before.serial() == state.serial();
        return sameCount ? withSerial(state.serial() + 1) : content;
    }

    byte[] withSerial(long serial) {
        return withSerial(content, serial);
    }

    static byte[] withSerial(byte[] content, long serial) {
        ByteArrayOutputStream written = new ByteArrayOutputStream(content.length + 32);
        JsonMapper mapper = JsonMapper.shared();
        // Piece by piece: as a tree it would need ten times its length.
        try (JsonParser from = mapper.createParser(content);
                JsonGenerator to = mapper.writerWithDefaultPrettyPrinter().createGenerator(written)) {
            from.nextToken();
            to.writeStartObject();
            while (from.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = from.currentName();
                from.nextToken();
                if (name.equals("serial")) {
                    to.writeNumberProperty(name, serial);
                    from.skipChildren();
                } else {
                    to.writeName(name);
                    to.copyCurrentStructureExact(from);
                }
            }
            to.writeEndObject();
        }
        return written.toByteArray();
    }

    /** What stands under {@code version}, after a look at whether all is JSON; missing where it is not an object with one. */
    private static JsonNode version(byte[] content) {
        JsonNode version = MissingNode.getInstance();
        try (JsonParser parser = JsonMapper.shared().createParser(content)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return version;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("version")) {
                    version = parser.readValueAsTree();
                } else {
                    parser.skipChildren();
                }
            }
            return version;
        }
    }

    @Override
    public String toString() {
        return "IncomingState[" + named() + "]";
    }
}
