package dev.plumbline.localgithub;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * The halves of an App's key.
 *
 * @param pem the private one, in the older form that GitHub gives out
 */
record AppKeys(PublicKey shown, String pem) {
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
                    pair.getPublic(), "-----BEGIN RSA PRIVATE KEY-----\n" + text + "\n-----END RSA PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
