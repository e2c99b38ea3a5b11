package dev.plumbline.terraform.install;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.jcajce.JcaPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * The public key, with its subkeys, that releases are signed with. An expired key still verifies what it signed before:
 * a pinned release is older than the key's renewals.
 */
public final class ReleaseKey {
    private static final Set<Integer> STRONG =
            Set.of(HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512);

    private final PGPPublicKeyRing ring;

    private ReleaseKey(PGPPublicKeyRing ring) {
        this.ring = ring;
    }

    /** HashiCorp's, as published on its security page. */
    public static ReleaseKey hashicorp() {
        return packed("hashicorp.asc");
    }

    /** OpenTofu's, as published at get.opentofu.org. */
    public static ReleaseKey opentofu() {
        return packed("opentofu.asc");
    }

    private static ReleaseKey packed(String name) {
        try (InputStream armoured = ReleaseKey.class.getResourceAsStream(name)) {
            if (armoured == null) {
                throw new IllegalStateException("The program was packed without the public key " + name);
            }
            return of(new String(armoured.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(name + " can't be read from the program's own files", e);
        }
    }

    /** @param armoured one public key in ASCII armour; the first is taken where there are more */
    public static ReleaseKey of(String armoured) {
        try (InputStream decoded =
                PGPUtil.getDecoderStream(new ByteArrayInputStream(armoured.getBytes(StandardCharsets.US_ASCII)))) {
            return new ReleaseKey(new PGPPublicKeyRing(decoded, new BcKeyFingerprintCalculator()));
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a public key in ASCII armour: " + e.getMessage(), e);
        }
    }

    /** Of the primary key, in upper-case hexadecimal without spaces. */
    public String fingerprint() {
        return HexFormat.of().formatHex(ring.getPublicKey().getFingerprint()).toUpperCase(Locale.ROOT);
    }

    /** The last eight digits, which stand in the names of signature files. */
    String shortId() {
        return fingerprint().substring(32);
    }

    /** Whether one of the detached signatures over the content is by this key. */
    boolean signed(byte[] content, byte[] signatures) {
        try (InputStream decoded = PGPUtil.getDecoderStream(new ByteArrayInputStream(signatures))) {
            Object first = new JcaPGPObjectFactory(decoded).nextObject();
            if (!(first instanceof PGPSignatureList list)) {
                return false;
            }
            for (PGPSignature signature : list) {
                if (verifies(signature, content)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | PGPException | RuntimeException notASignature) {
            // The library answers malformed input with any of these; each means: not signed.
            return false;
        }
    }

    private boolean verifies(PGPSignature signature, byte[] content) throws PGPException {
        PGPPublicKey key = ring.getPublicKey(signature.getKeyID());
        if (key == null
                || key.hasRevocation()
                || signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT
                || !STRONG.contains(signature.getHashAlgorithm())) {
            return false;
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), key);
        signature.update(content);
        return signature.verify();
    }
}
