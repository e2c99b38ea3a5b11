package dev.plumbline.terraform.plan;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why an action was chosen. The names in lower case are {@code show -json}'s words; the numbers are planfile.proto's. */
public enum ActionReason {
    NONE(0),
    REPLACE_BECAUSE_TAINTED(1),
    REPLACE_BY_REQUEST(2),
    REPLACE_BECAUSE_CANNOT_UPDATE(3),
    DELETE_BECAUSE_NO_RESOURCE_CONFIG(4),
    DELETE_BECAUSE_WRONG_REPETITION(5),
    DELETE_BECAUSE_COUNT_INDEX(6),
    DELETE_BECAUSE_EACH_KEY(7),
    DELETE_BECAUSE_NO_MODULE(8),
    REPLACE_BY_TRIGGERS(9),
    READ_BECAUSE_CONFIG_UNKNOWN(10),
    READ_BECAUSE_DEPENDENCY_PENDING(11),
    DELETE_BECAUSE_NO_MOVE_TARGET(12),
    READ_BECAUSE_CHECK_NESTED(13);

    private final int number;

    ActionReason(int number) {
        this.number = number;
    }

    /** As {@code show -json} writes it; the empty string for none. */
    public String word() {
        return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
    }

    static Optional<ActionReason> ofNumber(long number) {
        return Stream.of(values()).filter(reason -> reason.number == number).findFirst();
    }

    static Optional<ActionReason> ofWord(String word) {
        return Stream.of(values()).filter(reason -> reason.word().equals(word)).findFirst();
    }
}
