package dev.plumbline.forge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads which pull requests are open, all of them and each once, and what became of those that no longer are. */
record OpenPulls(PullBook book) {
    private static final Logger LOG = LoggerFactory.getLogger(OpenPulls.class);

    /**
     * What a forge says of its pull requests.
     *
     * @param open all that are
     * @param ended those that were open when they were looked at before; what the forge no longer knows is left out
     */
    record Listed(List<PullRequest> open, List<PullDetail> ended) {}

    /**
     * Asks a forge. What seems to be gone is asked for by itself: where a forge answers by pages, what is closed or opened meanwhile moves
     * others from one page to another; and one that was merged may say so only some time after the default branch moved.
     *
     * @param patient whether what the forge can't tell of keeps all others waiting; else it stays as it was
     */
    Answer<Listed> of(Remote remote, PullForge forge, boolean patient) {
        return forge.open(remote).then(listed -> {
            Map<Long, PullRequest> open = new LinkedHashMap<>();
            listed.forEach(pull -> open.put(pull.number(), pull));
            List<PullDetail> ended = new ArrayList<>();
            Set<Long> missing = book.open(remote.repository());
            missing.removeAll(open.keySet());
            for (long number : missing) {
                Answer<Optional<PullDetail>> asked = forge.find(remote, number);
                if (asked instanceof Answer.Given<Optional<PullDetail>> given) {
                    given.value().filter(PullDetail::open).ifPresent(pull -> open.put(number, pull.pull()));
                    given.value().filter(pull -> !pull.open()).ifPresent(ended::add);
                } else if (patient) {
                    return new Answer.Failed<>(asked.failure().orElseThrow());
                } else {
                    LOG.warn("{} of {} stays open here: {}", number, remote.shown(), asked.failure());
                    book.find(remote.repository(), number).ifPresent(known -> open.put(number, known.pull()));
                }
            }
            return new Answer.Given<>(new Listed(List.copyOf(open.values()), List.copyOf(ended)));
        });
    }
}
