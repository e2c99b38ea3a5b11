package dev.plumbline.secret;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The strings that must never be shown, collected from wherever values are marked sensitive.
 *
 * <p>Strings shorter than {@value #SHORTEST} characters are left out: masking them everywhere would hide ordinary text
 * and tell more than it keeps. Immutable; build with {@link #builder()}, join with {@link #plus}.
 */
public final class Secrets {
    /** The shortest string that is masked wherever it occurs, in characters. */
    public static final int SHORTEST = 4;

    private static final Secrets NONE = new Secrets(Set.of());

    private final Set<String> strings;

    private Secrets(Set<String> strings) {
        this.strings = strings;
    }

    /** No secret at all. */
    public static Secrets none() {
        return NONE;
    }

    /** These strings as secrets. */
    public static Secrets of(Collection<String> strings) {
        return builder().addAll(strings).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** These and the others. */
    public Secrets plus(Secrets others) {
        if (others.strings.isEmpty() || others == this) {
            return this;
        }
        return strings.isEmpty()
                ? others
                : builder().addAll(strings).addAll(others.strings).build();
    }

    /** The strings themselves, sorted; for storing (encrypted) and for tests, never for showing. */
    public Set<String> strings() {
        return strings;
    }

    public boolean isEmpty() {
        return strings.isEmpty();
    }

    /** What hides these in any text. */
    public Masker masker() {
        return new Masker(this);
    }

    /** Only a count, so that a secret can't reach a log by way of string concatenation. */
    @Override
    public String toString() {
        return strings.size() + " secrets";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secrets that && strings.equals(that.strings);
    }

    @Override
    public int hashCode() {
        return strings.hashCode();
    }

    /** Collects strings; those too short to mask are passed over. */
    public static final class Builder {
        private final Set<String> strings = new TreeSet<>();

        private Builder() {}

        public Builder add(String text) {
            if (text.length() >= SHORTEST) {
                strings.add(text);
            }
            return this;
        }

        public Builder addAll(Collection<String> texts) {
            texts.forEach(this::add);
            return this;
        }

        public Secrets build() {
            return new Secrets(Collections.unmodifiableSet(new TreeSet<>(strings)));
        }
    }
}
