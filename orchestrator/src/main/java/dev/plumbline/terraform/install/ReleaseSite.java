package dev.plumbline.terraform.install;

import dev.plumbline.terraform.TerraformBinary.Product;
import java.net.URI;

/**
 * Where the releases of one product are, and how its files are named there.
 *
 * @param base without a slash at the end
 * @param index the list of all releases, as JSON
 * @param key the key that signs the lists of checksums
 */
public record ReleaseSite(Product product, String base, URI index, ReleaseKey key) {
    private static final String HASHICORP = "https://releases.hashicorp.com";
    private static final String OPENTOFU = "https://github.com/opentofu/opentofu/releases/download";
    private static final String OPENTOFU_INDEX = "https://get.opentofu.org/tofu/api.json";

    /** HashiCorp's own site. */
    public static ReleaseSite terraform() {
        return terraform(URI.create(HASHICORP), ReleaseKey.hashicorp());
    }

    /** A site laid out as HashiCorp's. */
    public static ReleaseSite terraform(URI mirror, ReleaseKey key) {
        String base = withoutSlash(mirror) + "/terraform";
        return new ReleaseSite(Product.TERRAFORM, base, URI.create(base + "/index.json"), key);
    }

    /** OpenTofu's releases on GitHub. */
    public static ReleaseSite tofu() {
        return new ReleaseSite(Product.TOFU, OPENTOFU, URI.create(OPENTOFU_INDEX), ReleaseKey.opentofu());
    }

    /** A site laid out as OpenTofu's releases on GitHub, with the list of releases as {@code api.json} beside them. */
    public static ReleaseSite tofu(URI mirror, ReleaseKey key) {
        String base = withoutSlash(mirror);
        return new ReleaseSite(Product.TOFU, base, URI.create(base + "/api.json"), key);
    }

    private static String withoutSlash(URI address) {
        return address.toString().replaceAll("/+$", "");
    }

    private String stem(String version) {
        return product == Product.TOFU
                ? base + "/v" + version + "/tofu_" + version + "_"
                : base + "/" + version + "/terraform_" + version + "_";
    }

    URI sums(String version) {
        return URI.create(stem(version) + "SHA256SUMS");
    }

    /** A detached OpenPGP signature of the list of checksums. */
    URI signature(String version) {
        return URI.create(sums(version) + (product == Product.TOFU ? ".gpgsig" : "." + key.shortId() + ".sig"));
    }

    URI archive(String version, String platform) {
        return URI.create(stem(version) + platform + ".zip");
    }

    String archiveName(String version, String platform) {
        return product.program() + "_" + version + "_" + platform + ".zip";
    }
}
