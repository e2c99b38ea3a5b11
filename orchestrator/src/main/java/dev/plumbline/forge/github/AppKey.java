package dev.plumbline.forge.github;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Trouble;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** The private key of a GitHub App, and what it is shown with: a signature that lasts some minutes. */
final class AppKey {
    /** GitHub takes ten minutes at most, by its own clock. */
    private static final Duration VALID = Duration.ofMinutes(9);
    /** A clock that runs ahead would sign in the future. */
    private static final Duration BACK = Duration.ofMinutes(1);

    private static final byte[] VERSION = {0x02, 0x01, 0x00};
    /** RSA, without parameters, in DER. */
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private final PrivateKey key;

    private AppKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * @param forge its name, for messages
     * @param pem as GitHub gives it out (PKCS#1), or as {@code openssl pkcs8} writes it
     */
    static Answer<AppKey> read(String forge, String pem) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            byte[] pkcs8 = pem.contains("BEGIN RSA PRIVATE KEY") ? der(0x30, VERSION, RSA, der(0x04, der)) : der;
            return new Answer.Given<>(
                    new AppKey(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8))));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            return new Answer.Failed<>(new Trouble(
                    Trouble.Kind.CREDENTIALS,
                    "app.private_key of the forge " + forge
                            + " in server.yaml is no RSA key in PEM; give the whole file"
                            + " that GitHub lets you download, as in \"${file:/etc/plumbline/app.pem}\", and start the"
                            + " server again"));
        }
    }

    /** One element of DER around others. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (length < 0x80) {
            element.write(length);
        } else {
            element.write(0x82);
            element.write(length >> 8);
            element.write(length);
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    /** A JSON Web Token of the App. */
    String signed(long app, Instant now) {
        String claims = "{\"iat\":" + now.minus(BACK).getEpochSecond() + ",\"exp\":"
                + now.plus(VALID).getEpochSecond() + ",\"iss\":\"" + app + "\"}";
        String text = part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java can't sign with RSA", impossible);
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "AppKey[]";
    }
}
