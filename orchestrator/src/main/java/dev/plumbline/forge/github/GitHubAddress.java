package dev.plumbline.forge.github;

import java.net.URI;
import java.util.Locale;

/** Where the API of a GitHub is. */
final class GitHubAddress {
    private static final String CLOUD = "github.com";
    /** Enterprises with data residency have a name below it. */
    private static final String RESIDENT = ".ghe.com";

    private GitHubAddress() {}

    /** @param url of the pages, as it stands in server.yaml */
    static String api(String url) {
        URI pages = URI.create(url.replaceFirst("/+$", ""));
        String host = String.valueOf(pages.getHost()).toLowerCase(Locale.ROOT);
        if (host.equals(CLOUD) || host.equals("www." + CLOUD) || host.endsWith(RESIDENT)) {
            return "https://api." + host.replaceFirst("^www\\.", "");
        }
        return pages + "/api/v3";
    }
}
