package dev.plumbline.terraform;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Terraform or OpenTofu.
 *
 * @param prerelease what follows the first hyphen, such as {@code rc1}; empty for a release
 */
public record TerraformVersion(int major, int minor, int patch, String prerelease)
        implements Comparable<TerraformVersion> {
    private static final Pattern FORM = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:-([0-9A-Za-z.-]+))?");
    private static final Comparator<TerraformVersion> ORDER = Comparator.comparingInt(TerraformVersion::major)
            .thenComparingInt(TerraformVersion::minor)
            .thenComparingInt(TerraformVersion::patch)
            .thenComparing(version -> version.prerelease.isEmpty())
            .thenComparing(TerraformVersion::prerelease);

    /** Reads forms such as {@code 1.11.4}, {@code v1.12.0-rc1}; empty for anything else. */
    public static Optional<TerraformVersion> parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new TerraformVersion(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                parts.group(4) == null ? "" : parts.group(4)));
    }

    /** Reads a version that the program itself names. */
    public static TerraformVersion of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("Not a version: " + text));
    }

    /** A pre-release comes before its release. */
    @Override
    public int compareTo(TerraformVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch + (prerelease.isEmpty() ? "" : "-" + prerelease);
    }
}
