package dev.plumbline.terraform.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is done to one object. The words are those of {@code show -json}; the numbers are planfile.proto's. */
public enum Action {
    NO_OP(0, "no-op"),
    CREATE(1, "create"),
    READ(2, "read"),
    UPDATE(3, "update"),
    DELETE(5, "delete"),
    REPLACE_DESTROY_FIRST(6, "delete", "create"),
    REPLACE_CREATE_FIRST(7, "create", "delete"),
    FORGET(8, "forget"),
    CREATE_THEN_FORGET(9, "create", "forget");

    private final int number;
    private final List<String> words;

    Action(int number, String... words) {
        this.number = number;
        this.words = List.of(words);
    }

    /** As {@code show -json} lists it. */
    public List<String> words() {
        return words;
    }

    /** Whether an object is replaced by a new one. */
    public boolean replaces() {
        return words.size() == 2;
    }

    /** Whether something that exists ceases to, or is given up. */
    public boolean destroys() {
        return words.contains("delete");
    }

    static Optional<Action> ofNumber(long number) {
        return Stream.of(values()).filter(action -> action.number == number).findFirst();
    }

    static Optional<Action> ofWords(List<String> words) {
        return Stream.of(values()).filter(action -> action.words.equals(words)).findFirst();
    }
}
