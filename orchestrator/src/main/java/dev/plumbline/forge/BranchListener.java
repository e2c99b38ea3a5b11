package dev.plumbline.forge;

import dev.plumbline.git.server.Push;
import java.time.Instant;
import java.util.List;

/** Hears of branches that moved on a forge. */
public interface BranchListener {

    /**
     * Their objects are here, the mirror's branches have not moved yet: the moment to write it down. Whatever is thrown keeps them
     * from moving.
     *
     * @param movements each as if somebody had pushed it here
     * @param unmoved when they were last known not to have moved
     */
    void moving(List<Push> movements, Instant unmoved);

    /** The mirror's branches have moved. */
    void moved(List<Push> movements);
}
