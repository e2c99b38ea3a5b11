package dev.plumbline.git.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.plumbline.git.Mirrors;
import io.javalin.Javalin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;

/** The servlet in a real web server on a free port, with a listener that a test steers. */
final class ServedForge implements AutoCloseable {
    static final String TOKEN = "s3cret";
    static final Duration IDLE = Duration.ofSeconds(30);
    static final ServingRules RULES = new ServingRules(16 << 20, 1 << 20, Duration.ofMillis(200));

    final Mirrors mirrors;
    final List<Push> pushes = new CopyOnWriteArrayList<>();
    final List<Push> moved = new CopyOnWriteArrayList<>();
    final List<PushTerminal> terminals = new CopyOnWriteArrayList<>();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger zipped = new AtomicInteger();
    volatile Function<Push, List<PushListener.Refusal>> before = push -> List.of();
    volatile BiConsumer<Push, PushTerminal> afterwards = (push, terminal) -> {};
    private final Javalin server;

    ServedForge(Path folder, ServingRules rules) {
        this(folder, rules, IDLE);
    }

    /**
     * @param idle after so long without a byte the web server ends a connection
     */
    ServedForge(Path folder, ServingRules rules, Duration idle) {
        mirrors = new Mirrors(folder);
        GitServlet servlet = new GitServlet(
                mirrors,
                (user, password, repository, wish) -> password.equals(TOKEN)
                        ? new AccessCheck.Answer.Allowed(user)
                        : new AccessCheck.Answer.Unknown("give the server's token as the password"),
                new Listener(),
                rules);
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.jetty.addConnector((jetty, http) -> {
                ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
                connector.setHost("127.0.0.1");
                connector.setPort(0);
                connector.setIdleTimeout(idle.toMillis());
                return connector;
            });
            config.jetty.modifyServletContextHandler(handler -> {
                handler.addServlet(new ServletHolder(servlet), "/git/*");
                handler.addFilter(
                        (request, response, chain) -> {
                            requests.incrementAndGet();
                            if (request instanceof jakarta.servlet.http.HttpServletRequest http
                                    && "gzip".equals(http.getHeader("Content-Encoding"))) {
                                zipped.incrementAndGet();
                            }
                            chain.doFilter(request, response);
                        },
                        "/git/*",
                        java.util.EnumSet.of(jakarta.servlet.DispatcherType.REQUEST));
            });
        });
        server.start();
    }

    String url(String repository) {
        return "http://ada:" + TOKEN + "@127.0.0.1:" + server.port() + "/git/" + repository + ".git";
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** Whether the latch opens within a generous time. */
    static boolean within(CountDownLatch latch) {
        try {
            return latch.await(20, SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says nothing for a while. */
    static void silence(Duration length) {
        try {
            if (new CountDownLatch(1).await(length.toMillis(), MILLISECONDS)) {
                throw new IllegalStateException("nobody opens this latch");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
        mirrors.close();
    }

    private final class Listener implements PushListener {
        @Override
        public List<Refusal> beforeAccept(Push push) {
            pushes.add(push);
            return before.apply(push);
        }

        @Override
        public void accepted(Push push, PushTerminal terminal) {
            moved.add(push);
            terminals.add(terminal);
            afterwards.accept(push, terminal);
        }
    }
}
