package dev.plumbline.forge.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over the raw bytes of a body. */
record Signature(String secret) {
    private static final String ALGORITHM = "HmacSHA256";

    /** @param hex as the forge sent it; compared in constant time */
    boolean matches(byte[] body, String hex) {
        byte[] wanted = HexFormat.of().formatHex(of(body)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(
                wanted, hex.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] of(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, impossible);
        }
    }

    @Override
    public String toString() {
        return "Signature[]";
    }
}
