package dev.plumbline.forge.owners;

import java.util.List;

/** Whose approval a change needs. */
public sealed interface Demand {

    /** In the order of the file. */
    record Known(List<Requirement> requirements) implements Demand {
        public Known {
            requirements = List.copyOf(requirements);
        }
    }

    /**
     * It can't be told.
     *
     * @param why one sentence, with what to do
     */
    record Unknown(String why) implements Demand {}
}
