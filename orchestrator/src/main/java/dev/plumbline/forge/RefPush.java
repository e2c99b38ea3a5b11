package dev.plumbline.forge;

import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.process.CommandResult;
import dev.plumbline.secret.TerminalText;
import java.util.List;
import java.util.stream.Stream;

/**
 * How {@code git push --porcelain} of one ref ended.
 *
 * @param lines its standard output: one line a ref, beginning with {@code !} where it was not taken
 */
record RefPush(CommandResult result, List<String> lines) {
    private static final String REMOTE = "[remote rejected]";

    RefPush {
        lines = List.copyOf(lines);
    }

    /** Whether somebody else moved the ref meanwhile. */
    boolean overtaken() {
        return rejected()
                .anyMatch(line -> !line.contains(REMOTE)
                        || Stream.of("cannot lock ref", "failed to update ref", "incorrect old value", "fetch first")
                                .anyMatch(line::contains));
    }

    Posting posting(Troubles troubles) {
        if (result instanceof CommandResult.Exited exited && exited.code() == 0) {
            return new Posting.Posted();
        }
        if (rejected().findAny().isPresent()) {
            String why = rejected()
                    .map(line -> line.replaceFirst("^!\\t[^\\t]*\\t", ""))
                    .map(TerminalText::safeLine)
                    .findFirst()
                    .orElse("");
            return new Posting.Refused(new Trouble(Kind.REFUSED, "it says " + why));
        }
        Trouble trouble = troubles.of(result);
        // It was read a moment ago: who may not write now may not write later.
        return trouble.kind() == Kind.CREDENTIALS || trouble.kind() == Kind.GONE
                ? new Posting.Refused(trouble)
                : new Posting.Failed(trouble);
    }

    private Stream<String> rejected() {
        return lines.stream().filter(line -> line.startsWith("!"));
    }
}
