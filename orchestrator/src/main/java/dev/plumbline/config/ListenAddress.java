package dev.plumbline.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host a name or address; IPv6 without its brackets
 * @param port 0 lets the system choose a free one
 */
public record ListenAddress(String host, int port) {
    private static final Pattern SHAPE = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+):([0-9]{1,5})");

    public ListenAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException where the text is not {@code host:port}
     */
    public static ListenAddress parse(String text) {
        Matcher match = SHAPE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not host:port");
        }
        String host = match.group(1);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new ListenAddress(bare, Integer.parseInt(match.group(2)));
    }

    /** Whether only this machine can reach it. Judged by the text alone: a name other than localhost is not trusted. */
    public boolean loopback() {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
