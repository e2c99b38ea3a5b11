package dev.plumbline.run;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lock on a state that somebody else holds, as Terraform tells of it: lines such as {@code Who: ada@laptop}.
 *
 * @param operation as Terraform calls it, for example {@code OperationTypeApply}
 */
record StateLock(String id, String who, String operation, String created) {
    private static final String ERROR = "Error acquiring the state lock";

    /** The text, and before it who holds the lock and what to do, where that is what it says. */
    static String explained(String text) {
        return in(text).map(lock -> lock.sentence() + "\n" + text).orElse(text);
    }

    static Optional<StateLock> in(String text) {
        if (!text.contains(ERROR)) {
            return Optional.empty();
        }
        return Optional.of(
                new StateLock(field(text, "ID"), field(text, "Who"), field(text, "Operation"), field(text, "Created")));
    }

    private static String field(String text, String name) {
        Matcher found =
                Pattern.compile("(?m)^\\W*" + name + ":\\s+(\\S.*?)\\s*$").matcher(text);
        return found.find() ? found.group(1) : "";
    }

    private String sentence() {
        String holder = who.isEmpty() ? "somebody else, whose name the backend does not tell" : who;
        String doing = operation.isEmpty()
                ? ""
                : " for " + operation.replaceFirst("^OperationType", "").toLowerCase(Locale.ROOT);
        String since = created.isEmpty() ? "" : " since " + created.replaceFirst("\\.\\d+ ", " ");
        return "its state is locked by " + holder + doing + since
                + ": wait until that is done, then plumbline retry; where its process is dead for certain, free the"
                + " lock in the stack's folder: terraform force-unlock " + (id.isEmpty() ? "LOCK_ID" : id);
    }
}
