package dev.plumbline.web.page;

import dev.plumbline.access.Principal;
import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Views;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What all pages have around them.
 *
 * @param title of this page, for the browser's tab
 * @param section the entry of the navigation that it belongs to; empty for none
 * @param who who looks at it; null where nobody is logged in
 * @param formKey what forms repeat; empty where nobody is logged in with a browser
 * @param assets where style and script stand
 * @param self this page's own address, with its query, from the server's root on
 */
public record Shell(
        String title,
        String section,
        @Nullable Principal who,
        String formKey,
        String assets,
        String self,
        RelativeTime times) {

    /** Whether they may do that on some target at least; the server asks again when they do. */
    public boolean may(Views.Action action) {
        return who != null && !formKey.isEmpty() && who.may(action.leastRole());
    }

    /** {@code page} where that section is this page's, else {@code false}, as {@code aria-current} takes it. */
    public String current(String name) {
        return section.equals(name) ? "page" : "false";
    }

    /** A time in full, for whoever rests on the short one. */
    public static String exact(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }
}
