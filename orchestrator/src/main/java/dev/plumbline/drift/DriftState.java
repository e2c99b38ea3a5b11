package dev.plumbline.drift;

import java.util.Arrays;
import java.util.Locale;

/** Where a drift check stands. */
public enum DriftState {
    /** Asked for; nothing was looked at yet. */
    ASKED,
    /** Its run is queued or live. */
    CHECKING,
    /** Nothing diverged. */
    CLEAN,
    DIVERGED,
    /** There was nothing to compare, or something more important to do; the reason says what. */
    SKIPPED,
    /** Its run failed. */
    FAILED;

    /** As it stands in JSON and on terminals. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing will ever change about it. */
    public boolean ended() {
        return this != ASKED && this != CHECKING;
    }

    static DriftState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state of a drift check: '" + word + "'"));
    }
}
