package dev.plumbline.forge.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names as they may stand in an address. */
public final class Encoded {
    private Encoded() {}

    /** In one piece, in a path or a query. */
    public static String name(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A branch in a path in which its slashes stay what they are. */
    public static String branch(String branch) {
        return Arrays.stream(branch.split("/", -1)).map(Encoded::name).collect(Collectors.joining("/"));
    }
}
