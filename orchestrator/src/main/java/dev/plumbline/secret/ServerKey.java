package dev.plumbline.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's one secret of 32 bytes. It is never used itself: every use derives its own key from it by naming a purpose,
 * so that a digest can't be taken for a file key.
 */
public final class ServerKey {
    private static final int LENGTH = 32;
    private static final String MAC = "HmacSHA256";

    private final byte[] secret;
    /** By their purposes, of which there are few. */
    private final ConcurrentMap<String, byte[]> derived = new ConcurrentHashMap<>();

    private ServerKey(byte[] secret) {
        this.secret = secret;
    }

    /**
     * The key written in base64, white space around it allowed.
     *
     * @throws IllegalArgumentException where it is not 32 bytes in base64; the message never holds the key
     */
    public static ServerKey fromBase64(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException(
                    "the encryption key is not base64; make one with: head -c 32 /dev/urandom | base64");
        }
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("the encryption key has " + bytes.length
                    + " bytes where 32 are needed; make one with: head -c 32 /dev/urandom | base64");
        }
        return new ServerKey(bytes);
    }

    /** A new key from that source of randomness. */
    public static ServerKey random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new ServerKey(bytes);
    }

    /**
     * The key in that file; where there is none, a new one is written there first (mode 600, in one step: of two servers
     * that start at once one makes the key and both read it).
     *
     * @throws UncheckedIOException where the file can't be read or written
     * @throws IllegalArgumentException where it holds no key; says what to do
     */
    public static ServerKey loadOrCreate(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                create(file, random);
            }
            return fromBase64(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "can't read or make the encryption key " + file + ": check the folder and its permissions", e);
        } catch (IllegalArgumentException e) {
            // Whoever made a new one here would lock themselves out of every state.
            throw new IllegalArgumentException(
                    "the encryption key in " + file + " is damaged: put back the one that this home was made with, from"
                            + " where you keep it. Without it nobody can read the states and plans kept here; only if"
                            + " there are none yet, delete the file: a new key is made",
                    e);
        }
    }

    /** {@link #loadOrCreate(Path, SecureRandom)} with the system's randomness. */
    public static ServerKey loadOrCreate(Path file) {
        return loadOrCreate(file, new SecureRandom());
    }

    /** The HMAC-SHA-256 of the data under this server's key for that purpose; 32 bytes. */
    public byte[] hmac(String purpose, byte[] data) {
        return mac(derived.computeIfAbsent(purpose, this::derive), data);
    }

    /** {@link #hmac} in lower-case hexadecimal; 64 characters. */
    public String hmacHex(String purpose, byte[] data) {
        return HexFormat.of().formatHex(hmac(purpose, data));
    }

    /** A key of 32 bytes of its own for that purpose. */
    byte[] derive(String purpose) {
        return mac(secret, ("plumbline/1/" + purpose).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] mac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + MAC, e);
        }
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file's path");
        }
        Files.createDirectories(folder);
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path fresh =
                folder.resolve("." + file.getFileName() + "." + HexFormat.of().formatHex(randomName(random)));
        String line = Base64.getEncoder().encodeToString(random(random).secret) + "\n";
        try (FileChannel out =
                FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            ByteBuffer content = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (content.hasRemaining()) {
                out.write(content);
            }
            out.force(true);
        }
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            // its key is the one to use
        } finally {
            Files.delete(fresh);
        }
    }

    private static byte[] randomName(SecureRandom random) {
        byte[] name = new byte[8];
        random.nextBytes(name);
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerKey that && MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(derive("hash code"));
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "server key";
    }
}
