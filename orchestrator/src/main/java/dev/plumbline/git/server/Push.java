package dev.plumbline.git.server;

import java.util.List;

/**
 * One {@code git push}.
 *
 * @param repository its name, as in {@code /git/<name>.git}
 * @param actor who pushed, as {@link AccessCheck} named them
 * @param changes in the order that the client sent
 * @param options what {@code git push -o} gave, such as {@code detach}; data from outside
 */
public record Push(String repository, String actor, List<RefChange> changes, List<String> options) {
    public Push {
        changes = List.copyOf(changes);
        options = List.copyOf(options);
    }

    /** The same push, as far as these changes go. */
    public Push with(List<RefChange> some) {
        return new Push(repository, actor, some, options);
    }
}
