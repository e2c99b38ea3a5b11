package dev.plumbline.web;

import java.time.Duration;
import java.util.Collection;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * How the web server's threads are shared out. A push keeps one while it is open, and so does whoever sends a body slowly; neither
 * may take so many that nobody gets an answer. Requests above a share wait without a thread, and are turned away after a while.
 */
final class ThreadShares {
    private static final int ALL = 400;
    /** For each of them, so that many open pushes don't keep webhooks waiting. */
    private static final int MOUNT = 150;

    private static final int BODIES = 50;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private ThreadShares() {}

    static QueuedThreadPool pool() {
        QueuedThreadPool pool = new QueuedThreadPool(ALL);
        pool.setName("web");
        return pool;
    }

    /** @param mounts path patterns of servlets that may keep a thread for long */
    static void divide(ServletContextHandler context, Collection<String> mounts) {
        String[] patterns = mounts.toArray(String[]::new);
        QoSHandler forBodies = share(BODIES);
        forBodies.excludePath(patterns);
        forBodies.excludeMethod("GET", "HEAD");
        for (String pattern : patterns) {
            QoSHandler forMount = share(MOUNT);
            forMount.includePath(pattern);
            context.insertHandler(forMount);
        }
        context.insertHandler(forBodies);
    }

    private static QoSHandler share(int threads) {
        QoSHandler share = new QoSHandler();
        share.setMaxRequestCount(threads);
        share.setMaxSuspend(LONGEST_WAIT);
        return share;
    }
}
