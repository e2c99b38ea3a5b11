package dev.plumbline.forge.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The scheme of the Standard Webhooks specification: an HMAC over the delivery's name, its time and its raw bytes. So an old delivery
 * can't be sent again by somebody who overheard it.
 *
 * @param secret the key in base64, behind {@link #PREFIX}
 */
record StandardWebhook(String secret) {
    static final String PREFIX = "whsec_";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1,";
    /** Either way, since clocks differ. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** Whether one of the signatures that came with a body is right, and it is not too old. */
    boolean signs(HookHeaders headers, byte[] body, Instant now) {
        Optional<String> id = headers.get("webhook-id");
        Optional<String> time = headers.get("webhook-timestamp").filter(text -> fresh(text, now));
        Optional<String> signatures = headers.get("webhook-signature");
        if (id.isEmpty() || time.isEmpty() || signatures.isEmpty()) {
            return false;
        }
        Optional<byte[]> wanted = of(id.get() + "." + time.get() + ".", body);
        boolean right = false;
        // While a key is changed, one signature by each is sent.
        for (String signature : signatures.get().strip().split(" +", -1)) {
            right |= wanted.isPresent() && matches(wanted.get(), signature);
        }
        return right;
    }

    private static boolean matches(byte[] wanted, String signature) {
        String expected = VERSION + Base64.getEncoder().encodeToString(wanted);
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean fresh(String timestamp, Instant now) {
        try {
            Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(sent, now).abs().compareTo(FRESH) <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException none) {
            return false;
        }
    }

    /** Empty where the secret is no key. */
    private Optional<byte[]> of(String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), ALGORITHM));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return Optional.of(mac.doFinal(body));
        } catch (IllegalArgumentException noKey) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, impossible);
        }
    }

    @Override
    public String toString() {
        return "StandardWebhook[]";
    }
}
