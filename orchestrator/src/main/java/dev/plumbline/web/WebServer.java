package dev.plumbline.web;

import dev.plumbline.access.LogIns;
import dev.plumbline.access.Role;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side of a server: {@code /api/v1}, {@code /healthz}, {@code /readyz}, pages, and servlets mounted beside them. One
 * {@link RequestGuard} stands before them all.
 */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    private final WebSettings settings;
    private final LogIns logIns;
    private final Operations operations;
    private final Pages pages;
    private final Health health;
    private final Map<String, HttpServlet> mounts;
    private @Nullable Javalin running;

    /**
     * @param health what {@code /readyz} and {@code /metrics} answer
     * @param mounts servlets by path pattern, for example {@code /git/*}; each checks the token itself, since Git wants
     *     its own answer to a missing one; Host and Origin are checked before it
     */
    public WebServer(
            WebSettings settings,
            LogIns logIns,
            Operations operations,
            Pages pages,
            Health health,
            Map<String, HttpServlet> mounts) {
        this.settings = settings;
        this.logIns = logIns;
        this.operations = operations;
        this.pages = pages;
        this.health = health;
        this.mounts = Map.copyOf(mounts);
    }

    /**
     * Binds and answers from now on.
     *
     * @return this, so that it stands in a try
     * @throws IllegalStateException where the address can't be had; the message says which and what to do
     */
    public WebServer start() {
        InetSocketAddress listen = settings.listen();
        Javalin javalin = Javalin.create(this::configure);
        try {
            javalin.start(listen.getAddress().getHostAddress(), listen.getPort());
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Can't listen on " + listen.getHostString() + ":" + listen.getPort() + ": " + rootOf(e)
                            + ". Give another port with --port, or listen in server.yaml; --port 0 takes any free one.",
                    e);
        }
        running = javalin;
        return this;
    }

    /** All that it answers itself, besides what is mounted; the API's document and its tests are held against it. */
    public List<Route> routes() {
        return started().unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(WebServer::route)
                .toList();
    }

    private static Route route(Endpoint endpoint) {
        Roles roles = endpoint.metadata(Roles.class);
        Optional<Role> least = roles == null
                ? Optional.empty()
                : roles.getRoles().stream()
                        .flatMap(role -> role instanceof Needs needs ? Stream.of(needs.role()) : Stream.empty())
                        .max(Comparator.naturalOrder());
        return new Route(endpoint.method.name(), endpoint.path, least);
    }

    private Javalin started() {
        if (running == null) {
            throw new IllegalStateException("The web server is not started.");
        }
        return running;
    }

    /** The port it listens on, also where any free one was asked for. */
    public int port() {
        return started().port();
    }

    /** Where programs on this machine reach it. */
    public URI url() {
        InetAddress address = settings.listen().getAddress();
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port());
    }

    /** Stops listening; answers under way are cut. */
    @Override
    public void close() {
        if (running != null) {
            running.stop();
            running = null;
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = RequestGuard.LARGEST_FORM;
        config.jetty.threadPool = ThreadShares.pool();
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.modifyServer(server -> server.setErrorHandler(new JettyErrors(pages)));
        config.jetty.modifyServletContextHandler(this::mount);
        // Javalin would answer and say nothing, also where the memory was used up.
        config.router.javaLangErrorHandler((response, error) -> {
            LOG.error("a request failed", error);
            response.setStatus(500);
        });
        new ApiRoutes(operations, logIns.links(), pages, health).addTo(config.routes);
        pages.addTo(config.routes);
    }

    private void mount(ServletContextHandler context) {
        context.setErrorHandler(new JettyErrors(pages));
        Set<String> ownDoors = mounts.keySet().stream()
                .map(pattern -> pattern.replaceFirst("/\\*$", ""))
                .collect(Collectors.toUnmodifiableSet());
        RequestGuard guard = new RequestGuard(new HostRule(settings), logIns, pages, ownDoors);
        context.addFilter(new FilterHolder(new AnswerCount(health)), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addFilter(new FilterHolder(guard), "/*", EnumSet.of(DispatcherType.REQUEST));
        mounts.forEach((pattern, servlet) -> context.addServlet(new ServletHolder(servlet), pattern));
        ThreadShares.divide(context, mounts.keySet());
    }

    private static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
