package dev.plumbline.review;

import dev.plumbline.run.RunId;
import java.net.URI;
import java.util.Optional;

/**
 * Addresses of this server's pages for texts that are read elsewhere.
 *
 * @param server how others reach it; without it nothing is linked
 */
record PageLinks(Optional<URI> server) {

    /** The page of a change. */
    Optional<String> change(long number) {
        return to("/changes/" + number);
    }

    /** The page of a run. */
    Optional<String> run(RunId run) {
        return to("/runs/" + run);
    }

    private Optional<String> to(String path) {
        return server.map(base -> base.toString().replaceFirst("/+$", "") + path);
    }
}
