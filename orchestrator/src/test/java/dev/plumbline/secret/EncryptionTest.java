package dev.plumbline.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {
    private final SecureRandom random = new SecureRandom();
    private final ServerKey key = ServerKey.random(random);
    private final Encryption encryption = new Encryption(key, random);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 300_001})
    void what_was_encrypted_is_decrypted_whatever_its_length(int length) throws IOException {
        byte[] plain = bytes(length);
        assertThat(encryption.decrypt("a", encrypted("a", plain))).isEqualTo(plain);
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        try (OutputStream out = encryption.encrypting("a", streamed)) {
            for (int at = 0; at < length; at += 1000) {
                out.write(plain, at, Math.min(1000, length - at));
            }
        }
        assertThat(encryption
                        .decrypting("a", new ByteArrayInputStream(streamed.toByteArray()))
                        .readAllBytes())
                .isEqualTo(plain);
    }

    @Test
    void the_same_bytes_never_look_the_same_twice() {
        assertThat(encrypted("a", bytes(100))).isNotEqualTo(encrypted("a", bytes(100)));
    }

    @Test
    void another_key_is_told_from_damage() {
        Encryption other = new Encryption(ServerKey.random(random), random);
        assertThat(reason(other, "a", encrypted("a", bytes(10))))
                .isEqualTo(UnreadableArtifactException.Reason.WRONG_KEY);
    }

    @Test
    void an_artifact_in_anothers_place_is_refused() {
        assertThat(reason(encryption, "b", encrypted("a", bytes(10))))
                .isEqualTo(UnreadableArtifactException.Reason.DAMAGED);
    }

    @Test
    void any_changed_byte_and_any_cut_is_noticed() {
        byte[] encrypted = encrypted("a", bytes(100_000));
        for (int at : List.of(20, 50, 60_000, 70_000, encrypted.length - 1)) {
            byte[] changed = encrypted.clone();
            changed[at] ^= 1;
            assertThat(reason(encryption, "a", changed)).isEqualTo(UnreadableArtifactException.Reason.DAMAGED);
        }
        for (int length : List.of(44, 60, 44 + 65_552, encrypted.length - 1)) {
            assertThat(reason(encryption, "a", Arrays.copyOf(encrypted, length)))
                    .isEqualTo(UnreadableArtifactException.Reason.DAMAGED);
        }
    }

    @Test
    void what_is_not_an_artifact_is_told_so() {
        assertThat(reason(encryption, "a", bytes(500))).isEqualTo(UnreadableArtifactException.Reason.UNKNOWN_FORMAT);
    }

    @Test
    void a_key_is_made_once_readable_by_its_owner_only(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("home/key");
        Set<String> digests = new ConcurrentSkipListSet<>();
        IntStream.range(0, 16)
                .parallel()
                .forEach(i -> digests.add(ServerKey.loadOrCreate(file).hmacHex("p", new byte[0])));
        assertThat(digests).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var all = Files.list(folder.resolve("home"))) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void digests_differ_by_purpose_data_and_key() {
        byte[] data = bytes(10);
        assertThat(key.hmac("a", data))
                .hasSize(32)
                .isEqualTo(key.hmac("a", data))
                .isNotEqualTo(key.hmac("b", data))
                .isNotEqualTo(key.hmac("a", bytes(11)))
                .isNotEqualTo(ServerKey.random(random).hmac("a", data));
    }

    @Test
    void a_key_that_is_none_is_refused_without_being_shown() {
        for (String wrong : List.of("c2hvcnQtc2VjcmV0", "not base64 !")) {
            IllegalArgumentException refused =
                    catchThrowableOfType(IllegalArgumentException.class, () -> ServerKey.fromBase64(wrong));
            assertThat(refused).hasMessageContaining("encryption key").hasMessageNotContaining(wrong);
        }
    }

    private static UnreadableArtifactException.Reason reason(Encryption encryption, String name, byte[] encrypted) {
        return catchThrowableOfType(UnreadableArtifactException.class, () -> encryption.decrypt(name, encrypted))
                .reason();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private byte[] encrypted(String name, byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream sealing = encryption.encrypting(name, out)) {
            sealing.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
