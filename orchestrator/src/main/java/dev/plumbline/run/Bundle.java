package dev.plumbline.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Several named contents as one, since each artifact costs two waits for the disk. */
final class Bundle {
    private static final int FORMAT = 1;

    private final Map<String, byte[]> contents;

    Bundle(Map<String, byte[]> contents) {
        this.contents = new TreeMap<>(contents);
    }

    Optional<byte[]> find(String name) {
        return Optional.ofNullable(contents.get(name));
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(contents.size());
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                out.writeUTF(content.getKey());
                out.writeInt(content.getValue().length);
                out.write(content.getValue());
            }
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #toBytes} wrote. */
    static Bundle fromBytes(byte[] bytes) {
        Map<String, byte[]> contents = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new IOException("it was written by a newer version (format " + format + ")");
            }
            for (int left = in.readInt(); left > 0; left--) {
                contents.put(in.readUTF(), in.readNBytes(in.readInt()));
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException("can't read what a plan left: " + damaged.getMessage(), damaged);
        }
        return new Bundle(contents);
    }
}
