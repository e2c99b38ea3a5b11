package dev.plumbline.forge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads which pull requests are open, all of them and each once. */
record OpenPulls(PullBook book) {
    /** Every forge is asked for at least so many at once: fewer came in one answer. */
    private static final int ONE_PAGE = 50;

    /**
     * Asks a forge. Where it answers by pages, what is closed or opened meanwhile moves others from one page to another: what seems to
     * be gone then is asked for by itself.
     */
    Answer<List<PullRequest>> of(Remote remote, PullForge forge) {
        return forge.open(remote).then(listed -> {
            Map<Long, PullRequest> open = new LinkedHashMap<>();
            listed.forEach(pull -> open.put(pull.number(), pull));
            if (listed.size() < ONE_PAGE) {
                return new Answer.Given<>(List.copyOf(open.values()));
            }
            Set<Long> missing = book.open(remote.repository());
            missing.removeAll(open.keySet());
            for (long number : missing) {
                Answer<Optional<PullDetail>> asked = forge.find(remote, number);
                if (asked instanceof Answer.Failed<Optional<PullDetail>> failed) {
                    return new Answer.Failed<>(failed.trouble());
                }
                ((Answer.Given<Optional<PullDetail>>) asked)
                        .value()
                        .filter(PullDetail::open)
                        .ifPresent(pull -> open.put(number, pull.pull()));
            }
            return new Answer.Given<>(List.copyOf(open.values()));
        });
    }
}
