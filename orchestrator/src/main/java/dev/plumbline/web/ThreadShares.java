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
    private static final int ALL = 250;
    private static final int MOUNTS = 150;
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
        QoSHandler forMounts = share(MOUNTS);
        forMounts.includePath(patterns);
        QoSHandler forBodies = share(BODIES);
        forBodies.excludePath(patterns);
        forBodies.excludeMethod("GET", "HEAD");
        context.insertHandler(forMounts);
        context.insertHandler(forBodies);
    }

    private static QoSHandler share(int threads) {
        QoSHandler share = new QoSHandler();
        share.setMaxRequestCount(threads);
        share.setMaxSuspend(LONGEST_WAIT);
        return share;
    }
}
