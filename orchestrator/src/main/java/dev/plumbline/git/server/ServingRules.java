package dev.plumbline.git.server;

import java.time.Duration;

/**
 * What the server takes.
 *
 * @param largestPush bytes of one push's pack, also when it is unpacked in memory; more is refused
 * @param largestRequest bytes of a fetch request after unzipping
 * @param keepAlive after so long a silence something invisible is sent to the pushing client
 * @param forceMain whether {@code git push --force} may take commits out of main
 */
public record ServingRules(long largestPush, long largestRequest, Duration keepAlive, boolean forceMain) {
    public ServingRules {
        if (largestPush <= 0 || largestRequest <= 0 || keepAlive.isNegative() || keepAlive.isZero()) {
            throw new IllegalArgumentException("limits of the Git server must be greater than zero");
        }
    }

    /** 512 MiB a push, 16 MiB a fetch request, a keep-alive every 5 s, and main only grows. */
    public static ServingRules defaults() {
        return new ServingRules(512L << 20, 16L << 20, Duration.ofSeconds(5), false);
    }
}
