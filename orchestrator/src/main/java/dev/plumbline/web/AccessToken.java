package dev.plumbline.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The one secret that opens the API and the built-in forge. {@link #toString} never shows it.
 *
 * @param value letters, digits, {@code -} and {@code _}, so that it stands in a URL as it is
 */
public record AccessToken(String value) {
    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{16,256}");

    public AccessToken {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "An access token has 16 to 256 letters, digits, - and _ and nothing else.");
        }
    }

    /**
     * The token kept in that file; where there is none, a new one of 256 random bits, written with mode 600.
     *
     * @throws UncheckedIOException where the file can't be read or made
     * @throws IllegalStateException where the file holds something else; the message names it
     */
    public static AccessToken loadOrCreate(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                create(file, random);
            }
            String kept = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
            if (!FORM.matcher(kept).matches()) {
                throw new IllegalStateException("The access token in " + file
                        + " is damaged. Delete the file and start again: a new one is made.");
            }
            PrivateFile.restrict(file);
            return new AccessToken(kept);
        } catch (IOException e) {
            throw new UncheckedIOException("The access token can't be kept in " + file, e);
        }
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        byte[] bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        String fresh = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        try {
            PrivateFile.writeNew(file, fresh + "\n");
        } catch (FileAlreadyExistsException e) {
            // Another process was first; the caller reads what that one wrote.
            return;
        }
    }

    /** Whether a text is this token; takes the same time for every wrong one of one length. */
    public boolean matches(String offered) {
        return MessageDigest.isEqual(offered.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
