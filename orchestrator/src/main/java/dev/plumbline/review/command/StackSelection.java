package dev.plumbline.review.command;

import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the stacks that a pull request touches a command means.
 *
 * @param folders of those it means, in dependency order
 * @param refusal why it means none; empty where it means some
 */
record StackSelection(Set<String> folders, Optional<String> refusal) {

    /**
     * @param touched folders, in dependency order
     * @param catalogs in which names and workspaces are looked up, the first that knows one counts
     */
    static StackSelection of(Command command, String repository, List<String> touched, List<StackCatalog> catalogs) {
        Set<String> named = new LinkedHashSet<>();
        for (String typed : command.stacks()) {
            StackNames names = new StackNames(touched.stream()
                    .map(folder -> new StackId(repository, folder))
                    .map(id -> new StackNames.Named(
                            id,
                            stack(id, catalogs).flatMap(found -> found.config().name())))
                    .toList());
            StackNames.Resolution resolution = names.resolve(typed);
            if (resolution instanceof StackNames.Ambiguous ambiguous) {
                return refused(ambiguous.message());
            }
            if (resolution instanceof StackNames.Unknown unknown) {
                return refused("this pull request touches no stack called '" + typed + "'"
                        + unknown.nearest()
                                .map(name -> ": did you mean '" + name + "'?")
                                .orElse(
                                        touched.isEmpty()
                                                ? ", nor any other"
                                                : "; it touches " + String.join(", ", touched)));
            }
            named.add(((StackNames.Found) resolution).id().folder());
        }
        Set<String> folders = touched.stream()
                .filter(folder -> command.stacks().isEmpty() || named.contains(folder))
                .filter(folder -> inWorkspace(command, stack(new StackId(repository, folder), catalogs)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return folders.isEmpty()
                ? refused(touched.isEmpty() ? "this pull request touches no stack" : "no stack fits")
                : new StackSelection(folders, Optional.empty());
    }

    private static StackSelection refused(String why) {
        return new StackSelection(Set.of(), Optional.of(why));
    }

    private static boolean inWorkspace(Command command, Optional<Stack> stack) {
        String workspace = stack.flatMap(found -> found.config().workspace()).orElse("default");
        return command.workspace().map(workspace::equals).orElse(true);
    }

    private static Optional<Stack> stack(StackId id, List<StackCatalog> catalogs) {
        return catalogs.stream().flatMap(catalog -> catalog.find(id).stream()).findFirst();
    }
}
