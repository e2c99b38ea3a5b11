package dev.plumbline.web;

import dev.plumbline.git.CommitSha;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads numbers, names and bodies out of requests; whatever is wrong with them ends as a {@link BadRequestException}. */
final class RequestReader {
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int MAX_NAMES = 1000;
    /** Longer than a path may be; what is not known is repeated in the answer. */
    private static final int LONGEST_NAME = 5000;

    private final ApiJson json;

    RequestReader(ApiJson json) {
        this.json = json;
    }

    /** A number that stands in the path, with or without the letter or sign that people write before it. */
    long number(Context context, String name, String prefix) {
        String typed = context.pathParam(name);
        String digits = typed.startsWith(prefix) ? typed.substring(prefix.length()) : typed;
        try {
            return parse(digits, 1, Long.MAX_VALUE);
        } catch (NumberFormatException e) {
            throw new BadRequestException(
                    400, "'" + typed + "' is not a number.", "Write it as " + prefix + "12 or 12.");
        }
    }

    /** A commit's whole id that stands in the path. */
    CommitSha commit(Context context, String name) {
        String typed = context.pathParam(name);
        if (!typed.matches("[0-9a-f]{40}")) {
            throw new BadRequestException(
                    400, "'" + typed + "' is not a commit's id.", "Give all of its 40 hexadecimal digits.");
        }
        return new CommitSha(typed);
    }

    long number(Context context, String parameter, long whenAbsent, long least, long most) {
        String typed = context.queryParam(parameter);
        try {
            return typed == null ? whenAbsent : parse(typed, least, most);
        } catch (NumberFormatException e) {
            throw new BadRequestException(
                    400,
                    parameter + "='" + typed + "' is not fitting.",
                    "Give a whole number from " + least + " to " + most + ".");
        }
    }

    boolean flag(Context context, String parameter) {
        String typed = Objects.requireNonNullElse(context.queryParam(parameter), "false");
        return switch (typed) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new BadRequestException(
                        400, parameter + "='" + typed + "' is not fitting.", "Give true or false.");
        };
    }

    String required(Context context, String parameter) {
        String typed = context.queryParam(parameter);
        if (typed == null || typed.isBlank()) {
            throw new BadRequestException(
                    400, "The parameter " + parameter + " is missing.", "Add ?" + parameter + "=… to the address.");
        }
        return typed;
    }

    /** What to act on; either names or all, never neither, since an empty list must not mean everything. */
    Views.Ask ask(Context context) {
        Views.Ask ask = read(context, Views.Ask.class, "{\"names\": [\"stacks/network\"]} or {\"all\": true}");
        List<@Nullable String> names = ask.names() == null ? List.of() : new java.util.ArrayList<>(ask.names());
        if (names.isEmpty() != ask.all()
                || names.size() > MAX_NAMES
                || names.stream().anyMatch(name -> name == null || name.isBlank() || name.length() > LONGEST_NAME)) {
            throw new BadRequestException(
                    400,
                    "It is not clear what to act on.",
                    "Give names, at most " + MAX_NAMES + " of them, or all; not both.");
        }
        return new Views.Ask(ask.names() == null ? List.of() : ask.names(), ask.all());
    }

    /** What token to make; whether it can be had is for others to say. */
    Views.TokenAsk token(Context context) {
        return read(context, Views.TokenAsk.class, "{\"name\": \"ci\", \"role\": \"push\", \"expires\": \"30d\"}");
    }

    /** What to do with which state. */
    Views.StateAsk stateAsk(Context context) {
        String example = "{\"stack\": \"stacks/network\", \"words\": [\"aws_vpc.a\", \"aws_vpc.b\"]}";
        Views.StateAsk ask = read(context, Views.StateAsk.class, example);
        List<@Nullable String> words = ask.words() == null ? List.of() : new java.util.ArrayList<>(ask.words());
        boolean fine = ask.stack() != null
                && !ask.stack().isBlank()
                && words.size() <= MAX_NAMES
                && words.stream().noneMatch(word -> word == null || word.isBlank());
        if (!fine) {
            throw malformed(example);
        }
        return new Views.StateAsk(ask.stack(), ask.words() == null ? List.of() : ask.words());
    }

    private <T> T read(Context context, Class<T> type, String example) {
        T read;
        try {
            read = json.read(body(context, example), type);
        } catch (JacksonException e) {
            throw malformed(example);
        }
        if (read == null) {
            throw malformed(example);
        }
        return read;
    }

    private static byte[] body(Context context, String example) {
        byte[] bytes;
        // Counted while reading: a length may be missing or a lie.
        try (InputStream in = context.req().getInputStream()) {
            bytes = in.readNBytes(MAX_BODY_BYTES + 1);
        } catch (IOException e) {
            throw malformed(example);
        }
        if (bytes.length > MAX_BODY_BYTES) {
            throw new BadRequestException(
                    413, "The request is too large.", "Send at most " + MAX_BODY_BYTES + " bytes.");
        }
        return bytes;
    }

    private static BadRequestException malformed(String example) {
        return new BadRequestException(
                400, "The request's body is not the JSON that is expected here.", "Send for example " + example + ".");
    }

    private static long parse(String digits, long least, long most) {
        long number = Long.parseLong(digits);
        if (number < least || number > most) {
            throw new NumberFormatException(digits);
        }
        return number;
    }
}
