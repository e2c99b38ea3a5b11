package dev.plumbline.stack;

import dev.plumbline.config.ConfigProblem;
import java.util.Optional;

/**
 * Something wrong with one stack, or with the whole repository.
 *
 * @param stack empty where the whole repository is affected
 * @param at where, and what
 */
public record StackProblem(Optional<StackId> stack, Severity severity, ConfigProblem at) {

    /** An error keeps its stack, or the whole repository, from being planned; a warning is only told. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public boolean error() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return at + (error() ? "" : " (warning)");
    }
}
