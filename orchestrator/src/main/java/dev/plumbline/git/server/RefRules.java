package dev.plumbline.git.server;

import java.nio.charset.Charset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.ReceiveCommand;

/** Which refs clients see and may move. JGit has already checked that their names are valid. */
final class RefRules {
    private static final String MAIN = "refs/heads/main";
    /** It would take the one for a commit of its own, and the other for an option. */
    private static final Pattern BAFFLING = Pattern.compile("refs/(heads|tags)/(HEAD|-.*)");

    private RefRules() {}

    /** Branches, tags and HEAD; our own refs are nobody's business. */
    static Map<String, Ref> visible(Map<String, Ref> all) {
        return all.entrySet().stream()
                .filter(each -> each.getKey().equals(Constants.HEAD) || isPublic(each.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Marks the commands that can't be accepted, each with its reason. */
    static void refuse(Collection<ReceiveCommand> commands) {
        for (ReceiveCommand command : commands) {
            fault(command).ifPresent(why -> command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, why));
        }
    }

    /** Git shows a ref's report on one line; a line break in it would break the protocol. */
    static String oneLine(String message) {
        return message.replaceAll("[\\r\\n\\x00]+", " ");
    }

    private static Optional<String> fault(ReceiveCommand command) {
        String ref = command.getRefName();
        if (!isPublic(ref)) {
            return Optional.of("only branches and tags can be pushed");
        }
        if (!writable(ref)) {
            return Optional.of("this server can't store such a name; it must be started with LC_ALL=C.UTF-8");
        }
        if (command.getType() == ReceiveCommand.Type.CREATE
                && BAFFLING.matcher(ref).matches()) {
            return Optional.of("Git itself can't work with a branch or tag of that name; give it another: git push"
                    + " REMOTE HEAD:refs/heads/NAME");
        }
        if (!ref.equals(MAIN)) {
            return Optional.empty();
        }
        return switch (command.getType()) {
            case DELETE -> Optional.of("main is what is applied, so it can't be deleted");
            case UPDATE_NONFASTFORWARD ->
                Optional.of("main only grows here: pull, merge and push again, or revert by a new commit");
            case CREATE, UPDATE -> Optional.empty();
        };
    }

    /** Refs are files: where the process runs in the C locale, Java would write other names than those asked for. */
    private static boolean writable(String ref) {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        return !Charset.isSupported(encoding)
                || Charset.forName(encoding).newEncoder().canEncode(ref);
    }

    private static boolean isPublic(String ref) {
        return ref.startsWith(Constants.R_HEADS) || ref.startsWith(Constants.R_TAGS);
    }
}
