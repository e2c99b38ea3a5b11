package dev.plumbline.web.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where pages stand. A stack's id goes into the query: it may hold whatever a folder's name may, also dots and slashes. */
public final class Addresses {
    private Addresses() {}

    public static String stack(String id) {
        return "/stack?id=" + encoded(id);
    }

    /** @param id {@code r12} */
    public static String run(String id) {
        return "/runs/" + encoded(id);
    }

    public static String change(long number) {
        return "/changes/" + number;
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
