package dev.plumbline.review;

import dev.plumbline.review.ChangeSnapshot.Deferred;
import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.review.ChangeSnapshot.Standing;
import dev.plumbline.review.ChangeSnapshot.Unaffected;
import dev.plumbline.run.PlanFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Identifies all that a change would do, so that an approval can say what it is given for: the same plans of the same stacks give the
 * same value, whatever their order and whichever runs made them.
 *
 * @param hex SHA-256 over the sorted lines {@code FOLDER DIGEST} of its planned stacks, in 64 lower-case hexadecimal digits
 */
public record PlansDigest(String hex) {
    private static final int SHOWN = 12;

    /** Of the plans as they are; empty while one is missing or could not be made, or where there is none. */
    static Optional<PlansDigest> of(ChangeSnapshot now) {
        if (now.previewDue() || now.conflicts() || !now.problems().isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, String> digests = new TreeMap<>();
        for (Standing standing : now.stacks()) {
            // Neither has a plan before the merge, and neither holds it up.
            if (standing instanceof Deferred || standing instanceof Unaffected) {
                continue;
            }
            PlanFacts facts = standing instanceof Ended ended ? ended.run().facts() : null;
            if (facts == null) {
                return Optional.empty();
            }
            digests.put(standing.stack().folder(), facts.digest());
        }
        return digests.isEmpty() ? Optional.empty() : Optional.of(of(digests));
    }

    private static PlansDigest of(SortedMap<String, String> digests) {
        String lines = digests.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));
            return new PlansDigest(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** So many digits as people read and type. */
    public String abbreviated() {
        return hex.substring(0, SHOWN);
    }
}
