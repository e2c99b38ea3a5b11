package dev.plumbline.stack;

import dev.plumbline.config.ConfigProblem;
import dev.plumbline.hcl.Backend;
import dev.plumbline.stack.StackProblem.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds states that would be lost or fought over. */
final class StateChecks {
    private final SortedMap<StackId, ConfiguredStack> configured;
    private final List<Path> localBackends;
    private final List<StackProblem> problems = new ArrayList<>();

    StateChecks(SortedMap<StackId, ConfiguredStack> configured, List<Path> localBackends) {
        this.configured = configured;
        this.localBackends = localBackends;
    }

    List<StackProblem> problems() {
        Map<StateLocation, SortedSet<StackId>> users = new HashMap<>();
        configured.forEach((id, each) -> each.stack().code().backend().ifPresent(backend -> {
            StateLocation.of(backend)
                    .map(at -> at.in(each.stack().config().workspace()))
                    .ifPresent(at ->
                            users.computeIfAbsent(at, unused -> new TreeSet<>()).add(id));
            if (backend.kind().equals("local")) {
                local(id, backend);
            }
        }));
        users.values().stream().filter(ids -> ids.size() > 1).forEach(this::shared);
        return problems;
    }

    private void shared(SortedSet<StackId> ids) {
        for (StackId id : ids) {
            String others = ids.stream()
                    .filter(other -> !other.equals(id))
                    .map(StackId::toString)
                    .collect(Collectors.joining(", "));
            Optional.ofNullable(configured.get(id))
                    .flatMap(each -> each.stack().code().backend())
                    .ifPresent(backend -> error(id, backend, "this state is also that of " + others));
        }
    }

    private void local(StackId id, Backend backend) {
        Optional<Path> path = backend.settings().text("path").map(Path::of).map(Path::normalize);
        boolean allowed = path.filter(Path::isAbsolute)
                .filter(file -> localBackends.stream().anyMatch(folder -> file.startsWith(folder.normalize())))
                .isPresent();
        if (!allowed) {
            error(
                    id,
                    backend,
                    "a local backend's state would vanish with the workspace; leave the block out to have the"
                            + " state kept for you, or give an absolute path below a folder of the server's local_backends");
        }
    }

    private void error(StackId id, Backend backend, String message) {
        ConfigProblem at = FolderCode.problem(id.path(), backend.position(), message);
        problems.add(new StackProblem(Optional.of(id), Severity.ERROR, at));
    }
}
