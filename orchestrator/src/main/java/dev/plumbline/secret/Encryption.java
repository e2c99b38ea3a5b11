package dev.plumbline.secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts artifacts at rest: AES-256-GCM under a key of each artifact's own, bound to the artifact's name, so that a file
 * put in another's place is not accepted.
 *
 * <p>Layout: the four bytes {@code PLB1}, 8 bytes that name the server key, 32 random bytes that the artifact's key is
 * derived with, then pieces of up to 64 KiB, each with its 16-byte tag. A piece's nonce is its number and whether it is the
 * last, so pieces can't be reordered, dropped or cut off; nothing is handed out before its piece proved true.
 */
public final class Encryption {
    private static final byte[] MAGIC = "PLB1".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_ID = 8;
    private static final int SALT = 32;
    private static final int HEADER = MAGIC.length + KEY_ID + SALT;
    private static final int PIECE = 64 * 1024;
    private static final int TAG = 16;

    private final byte[] master;
    private final byte[] keyId;
    private final SecureRandom random;

    public Encryption(ServerKey key, SecureRandom random) {
        this.master = key.derive("artifacts");
        this.keyId = Arrays.copyOf(key.derive("artifact key id"), KEY_ID);
        this.random = random;
    }

    /**
     * Decrypts.
     *
     * @throws UnreadableArtifactException where the key, the name or the bytes are not those it was made with
     */
    public byte[] decrypt(String name, byte[] encrypted) {
        try (InputStream opened = decrypting(name, new ByteArrayInputStream(encrypted))) {
            return opened.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("decrypting " + name, e);
        }
    }

    /** A stream that encrypts what is written to it; the artifact is whole only once it was closed, which closes {@code out} too. */
    public OutputStream encrypting(String name, OutputStream out) throws IOException {
        byte[] header = newHeader();
        out.write(header);
        return new Sealing(name, fileKey(header), associated(header, name), out);
    }

    /**
     * A stream of the plain bytes; closing it closes {@code in}.
     *
     * @throws UnreadableArtifactException here or while reading, where the key, the name or the bytes are not those it was
     *     made with
     */
    public InputStream decrypting(String name, InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new UnreadableArtifactException(name, UnreadableArtifactException.Reason.UNKNOWN_FORMAT);
        }
        if (!Arrays.equals(header, MAGIC.length, MAGIC.length + KEY_ID, keyId, 0, KEY_ID)) {
            throw new UnreadableArtifactException(name, UnreadableArtifactException.Reason.WRONG_KEY);
        }
        return new Opening(name, fileKey(header), associated(header, name), in);
    }

    private byte[] newHeader() {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return ByteBuffer.allocate(HEADER).put(MAGIC).put(keyId).put(salt).array();
    }

    private SecretKeySpec fileKey(byte[] header) {
        byte[] salt = Arrays.copyOfRange(header, HEADER - SALT, HEADER);
        return new SecretKeySpec(ServerKey.mac(master, salt), "AES");
    }

    private static byte[] associated(byte[] header, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(header.length + bytes.length)
                .put(header)
                .put(bytes)
                .array();
    }

    private static byte[] crypt(
            int mode,
            String name,
            SecretKeySpec key,
            long number,
            boolean last,
            byte[] associated,
            byte[] data,
            int length) {
        byte[] nonce =
                ByteBuffer.allocate(12).putLong(number).putInt(last ? 1 : 0).array();
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(associated);
            return cipher.doFinal(data, 0, length);
        } catch (AEADBadTagException e) {
            throw new UnreadableArtifactException(name, UnreadableArtifactException.Reason.DAMAGED);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java can't do AES-256-GCM", e);
        }
    }

    /** Writes pieces; the last one when closed. */
    private static final class Sealing extends OutputStream {
        private final String name;
        private final SecretKeySpec key;
        private final byte[] associated;
        private final OutputStream out;
        private final byte[] piece = new byte[PIECE];
        private int filled;
        private long number;
        private boolean closed;

        Sealing(String name, SecretKeySpec key, byte[] associated, OutputStream out) {
            this.name = name;
            this.key = key;
            this.associated = associated;
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                if (filled == PIECE) {
                    flushPiece(false);
                }
                int now = Math.min(left, PIECE - filled);
                System.arraycopy(bytes, from, piece, filled, now);
                filled += now;
                from += now;
                left -= now;
            }
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try (out) {
                flushPiece(true);
            }
        }

        private void flushPiece(boolean last) throws IOException {
            out.write(crypt(Cipher.ENCRYPT_MODE, name, key, number++, last, associated, piece, filled));
            filled = 0;
        }
    }

    /** Reads one piece ahead, because only the end of the stream tells which piece is the last. */
    private static final class Opening extends InputStream {
        private final String name;
        private final SecretKeySpec key;
        private final byte[] associated;
        private final InputStream in;
        private byte[] next;
        private byte[] plain = new byte[0];
        private int position;
        private long number;
        private boolean ended;

        Opening(String name, SecretKeySpec key, byte[] associated, InputStream in) throws IOException {
            this.name = name;
            this.key = key;
            this.associated = associated;
            this.in = in;
            this.next = in.readNBytes(PIECE + TAG);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (position == plain.length) {
                if (ended) {
                    return -1;
                }
                open();
            }
            int now = Math.min(length, plain.length - position);
            System.arraycopy(plain, position, bytes, offset, now);
            position += now;
            return now;
        }

        private void open() throws IOException {
            byte[] current = next;
            next = in.readNBytes(PIECE + TAG);
            ended = next.length == 0;
            if (current.length < TAG) {
                throw new UnreadableArtifactException(name, UnreadableArtifactException.Reason.DAMAGED);
            }
            plain = crypt(Cipher.DECRYPT_MODE, name, key, number++, ended, associated, current, current.length);
            position = 0;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
