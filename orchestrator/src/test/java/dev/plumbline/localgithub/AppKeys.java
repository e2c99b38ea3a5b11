package dev.plumbline.localgithub;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The halves of an App's key.
 *
 * @param pem the private one, in the older form that GitHub gives out
 * @param hidden the private one again
 */
record AppKeys(PublicKey shown, String pem, PrivateKey hidden) {
    /** What the newer form of a key of that length has in front of the older one. */
    private static final int HEAD = 26;

    static AppKeys made() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            byte[] newer = pair.getPrivate().getEncoded();
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(Arrays.copyOfRange(newer, HEAD, newer.length));
            return new AppKeys(
                    pair.getPublic(),
                    "-----BEGIN RSA PRIVATE KEY-----\n" + text + "\n-----END RSA PRIVATE KEY-----\n",
                    pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JSON Web Token of whatever it is to say. */
    String signed(Map<String, ?> header, Map<String, ?> claims) {
        String text = part(header) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(hidden);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(Map<String, ?> words) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JsonMapper.shared().writeValueAsBytes(words));
    }
}
