package dev.plumbline.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens and under which address people know it.
 *
 * @param listen already checked against the rule that off loopback needs an https {@code public_url}; port 0 takes any free one
 * @param publicUrl as configured; null where there is none
 */
public record WebSettings(
        InetSocketAddress listen, @Nullable URI publicUrl) {
    public WebSettings {
        if (listen.isUnresolved()) {
            throw new IllegalArgumentException("listen: no address is known for the host " + listen.getHostString()
                    + ". Write an IP address, for example 127.0.0.1:8080.");
        }
        if (publicUrl != null && publicUrl.getHost() == null) {
            throw new IllegalArgumentException("public_url: " + publicUrl + " has no host. Write it whole, for example"
                    + " https://plumbline.example.com.");
        }
    }

    /** Loopback only, without a public address. */
    public static WebSettings onLoopback(int port) {
        return new WebSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), null);
    }
}
