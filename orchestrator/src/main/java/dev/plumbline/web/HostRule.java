package dev.plumbline.web;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which names a request may call this server by. A web page elsewhere that makes its own name resolve to this machine
 * (DNS rebinding) still sends that name, and is turned away by it.
 */
final class HostRule {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern IP_LITERAL = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+]");

    private final boolean offLoopback;
    private final @Nullable String publicHost;
    private final int publicPort;
    private final @Nullable String publicScheme;

    HostRule(WebSettings settings) {
        this.offLoopback = !settings.listen().getAddress().isLoopbackAddress();
        URI url = settings.publicUrl();
        this.publicHost = url == null ? null : url.getHost().toLowerCase(Locale.ROOT);
        this.publicScheme = url == null ? null : url.getScheme();
        this.publicPort = url == null ? -1 : portOf(url);
    }

    /** @param localPort the port the request came in on */
    boolean acceptsHost(@Nullable String header, int localPort) {
        URI named = header == null ? null : parse("http://" + header);
        if (named == null
                || named.getHost() == null
                || named.getUserInfo() != null
                || !named.getRawPath().isEmpty()) {
            return false;
        }
        String host = named.getHost().toLowerCase(Locale.ROOT);
        int port = named.getPort();
        if (host.equals(publicHost) && (port == -1 || port == publicPort)) {
            return true;
        }
        // An address can't be rebound: only names can. So where the server listens to others, its addresses will do.
        boolean ours = LOOPBACK.contains(host)
                || (offLoopback && IP_LITERAL.matcher(host).matches());
        return ours && (port == -1 ? 80 : port) == localPort;
    }

    /** @param header null, as programs that are no browser leave it, is fine */
    boolean acceptsOrigin(@Nullable String header, int localPort) {
        if (header == null) {
            return true;
        }
        URI origin = parse(header);
        if (origin == null || origin.getHost() == null || origin.getScheme() == null) {
            return false;
        }
        if (origin.getHost().toLowerCase(Locale.ROOT).equals(publicHost)) {
            return origin.getScheme().equals(publicScheme) && portOf(origin) == publicPort;
        }
        return origin.getScheme().equals("http") && acceptsHost(origin.getRawAuthority(), localPort);
    }

    private static int portOf(URI url) {
        if (url.getPort() != -1) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 80;
    }

    private static @Nullable URI parse(String text) {
        try {
            return new URI(text);
        } catch (java.net.URISyntaxException e) {
            return null;
        }
    }
}
