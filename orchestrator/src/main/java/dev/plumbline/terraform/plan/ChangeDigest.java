package dev.plumbline.terraform.plan;

import dev.plumbline.secret.ServerKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * The digest of a change: equal for two plans that do the same, however often planned. Keyed, so that a published digest
 * can't be used to guess a secret value.
 *
 * <p>In it: sorted addresses, deposed keys, actions, replace paths, before and after values, unknowns, moves, imports and
 * output changes. Not in it: no-ops, reads, drift, timestamps, the state's serial, Terraform's version.
 */
public final class ChangeDigest {
    private static final String PURPOSE = "change digest 1";

    private final ServerKey key;

    public ChangeDigest(ServerKey key) {
        this.key = key;
    }

    /** 64 hexadecimal characters. */
    public String of(Plan plan) {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(canonical)) {
            for (ResourceChange change : plan.changes()) {
                if (counts(change)) {
                    out.writeByte('r');
                    write(change, out);
                }
            }
            for (OutputChange output : plan.outputs()) {
                if (counts(output)) {
                    out.writeByte('o');
                    write(output.name(), out);
                    write(output.change(), out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return key.hmacHex(PURPOSE, canonical.toByteArray());
    }

    /** Whether it is part of what is approved. */
    static boolean counts(ResourceChange change) {
        return change.hasEffect() && change.action() != Action.READ;
    }

    static boolean counts(OutputChange output) {
        return output.change().action() != Action.NO_OP;
    }

    private static void write(ResourceChange change, DataOutputStream out) throws IOException {
        write(change.address().text(), out);
        write(change.deposedKey(), out);
        write(change.previousAddress(), out);
        write(change.provider(), out);
        out.writeInt(change.replacePaths().size());
        for (Path path : change.replacePaths()) {
            write(path.toString(), out);
        }
        write(change.change(), out);
    }

    private static void write(Change change, DataOutputStream out) throws IOException {
        write(change.action().name(), out);
        write(change.before(), out);
        write(change.after(), out);
        Change.Importing importing = change.importing();
        write(importing == null ? "" : "import " + importing.unknown() + " " + importing.id(), out);
    }

    /** Each value begins with its kind and, where it has one, its length, so that no two are written alike. */
    private static void write(Value value, DataOutputStream out) throws IOException {
        if (value instanceof Value.Text text) {
            out.writeByte('t');
            write(text.value(), out);
        } else if (value instanceof Value.Num number) {
            out.writeByte('n');
            write(number.text(), out);
        } else if (value instanceof Value.Bool bool) {
            out.writeByte(bool.value() ? '1' : '0');
        } else if (value instanceof Value.Items items) {
            out.writeByte('i');
            writeAll(items.values(), out);
        } else if (value instanceof Value.Fields fields) {
            out.writeByte('f');
            out.writeInt(fields.values().size());
            for (var field : fields.values().entrySet()) {
                write(field.getKey(), out);
                write(field.getValue(), out);
            }
        } else {
            out.writeByte(value instanceof Value.Unknown ? '?' : '-');
        }
    }

    private static void writeAll(Collection<Value> values, DataOutputStream out) throws IOException {
        out.writeInt(values.size());
        for (Value value : values) {
            write(value, out);
        }
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
