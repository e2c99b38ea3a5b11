package dev.plumbline.web.page;

import dev.plumbline.access.Sessions.SignedIn;
import dev.plumbline.web.BadRequestException;
import dev.plumbline.web.Requester;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/** What all forms have in common. */
final class Forms {
    /** The field that repeats the session's key. */
    static final String KEY = "key";

    private Forms() {}

    /** Turns away a form that no page of this very session showed. */
    static void check(Context context) {
        String expected = Requester.session(context).map(SignedIn::formKey).orElse("");
        byte[] offered = field(context, KEY).getBytes(StandardCharsets.UTF_8);
        if (expected.isEmpty() || !MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), offered)) {
            throw new BadRequestException(
                    403,
                    "This form does not belong to your present session, so nothing was done.",
                    "Go back, load the page again, and send the form it shows then.");
        }
    }

    static String field(Context context, String name) {
        return Objects.requireNonNullElse(context.formParam(name), "");
    }
}
