package dev.plumbline.git.server;

import java.time.Duration;

/**
 * What the server takes.
 *
 * @param largestPush bytes of one push's pack, also when it is unpacked in memory; more is refused
 * @param largestRequest bytes of a fetch request after unzipping
 * @param keepAlive after so long a silence something invisible is sent to the pushing client
 */
public record ServingRules(long largestPush, long largestRequest, Duration keepAlive) {
    public ServingRules {
        if (largestPush <= 0 || largestRequest <= 0 || keepAlive.isNegative() || keepAlive.isZero()) {
            throw new IllegalArgumentException("limits of the Git server must be greater than zero");
        }
    }

    /** 512 MiB a push, 16 MiB a fetch request, and a keep-alive every 5 s. */
    public static ServingRules defaults() {
        return new ServingRules(512L << 20, 16L << 20, Duration.ofSeconds(5));
    }
}
