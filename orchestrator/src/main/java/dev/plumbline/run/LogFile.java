package dev.plumbline.run;

import dev.plumbline.secret.Masker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A log that grows while others read it piece by piece, and that is rewritten at most once, when a plan made more secrets
 * known. Where it was read up to is a number that stays true through that: a count of bytes, with a mark once it counts the
 * rewritten file's; beside the log stands how far each of its places moved.
 */
final class LogFile {
    /** Bytes of a piece, so that nobody waits for megabytes at once. */
    static final int PIECE = 512 * 1024;
    /** In the positions of a rewritten log; below 2^53, so that JSON's readers keep it exactly. */
    private static final long REWRITTEN = 1L << 50;

    private final Path file;
    private final Path moved;

    LogFile(Path file) {
        this.file = file;
        this.moved = file.resolveSibling(file.getFileName() + ".moved");
    }

    /** Adds text, which is masked already. */
    void append(String text) {
        try {
            if (!Files.exists(file)) {
                RunFolder.writePrivate(file, new byte[0]);
            }
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException cause) {
            throw new UncheckedIOException("can't write " + file + "; check the disk's free space", cause);
        }
    }

    /** Masks what stands in it already. */
    void maskAgain(Masker masker) {
        try {
            if (!Files.exists(file)) {
                return;
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            StringBuilder masked = new StringBuilder(text.length());
            StringBuilder moves = new StringBuilder();
            long[] bytes = new long[1];
            int[] copied = new int[1];
            masker.seek(text, (from, to) -> {
                String between = text.substring(copied[0], from);
                String secret = text.substring(from, to);
                masked.append(between).append(Masker.MASK);
                bytes[0] += length(between) + length(secret);
                copied[0] = to;
                if (!secret.equals(Masker.MASK)) {
                    moves.append(bytes[0])
                            .append(' ')
                            .append(length(Masker.MASK) - length(secret))
                            .append('\n');
                }
            });
            if (moves.length() > 0) {
                masked.append(text, copied[0], text.length());
                replace(masked.toString(), moves.toString());
            }
        } catch (IOException cause) {
            throw new UncheckedIOException("can't mask " + file + " again; check the disk's free space", cause);
        }
    }

    private void replace(String masked, String moves) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        RunFolder.writePrivate(next, masked.getBytes(StandardCharsets.UTF_8));
        RunFolder.writePrivate(moved, moves.getBytes(StandardCharsets.UTF_8));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Reads at most {@value #PIECE} bytes, cut where a character ends. */
    LogPiece read(long position) {
        try {
            boolean rewritten = Files.exists(moved);
            long from = position >= REWRITTEN ? position - REWRITTEN : rewritten ? translated(position) : position;
            long mark = rewritten ? REWRITTEN : 0;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                long size = channel.size();
                long start = Math.max(0, Math.min(from, size));
                ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, size - start));
                while (piece.hasRemaining() && channel.read(piece, start + piece.position()) >= 0) {
                    // Until it is full, or the file ends earlier than it said.
                }
                int whole = wholeCharacters(piece.array(), piece.position());
                long next = start + whole;
                return new LogPiece(
                        new String(piece.array(), 0, whole, StandardCharsets.UTF_8), mark + next, next >= size);
            }
        } catch (NoSuchFileException nothingYet) {
            return new LogPiece("", position, true);
        } catch (IOException cause) {
            throw new UncheckedIOException("can't read " + file, cause);
        }
    }

    private long translated(long position) throws IOException {
        long shift = 0;
        List<String> moves = Files.readAllLines(moved, StandardCharsets.UTF_8);
        for (String move : moves) {
            int space = move.indexOf(' ');
            if (Long.parseLong(move.substring(0, space)) > position) {
                break;
            }
            shift += Long.parseLong(move.substring(space + 1));
        }
        return position + shift;
    }

    /** How many bytes there are without a character that is cut off at the end. */
    private static int wholeCharacters(byte[] bytes, int length) {
        int lead = length - 1;
        while (lead >= 0 && length - lead < 4 && (bytes[lead] & 0xc0) == 0x80) {
            lead--;
        }
        if (lead < 0) {
            return length;
        }
        int first = bytes[lead] & 0xff;
        int needed = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
        return length - lead < needed ? lead : length;
    }
}
