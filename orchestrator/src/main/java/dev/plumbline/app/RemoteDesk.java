package dev.plumbline.app;

import dev.plumbline.forge.RemoteWatch;
import dev.plumbline.forge.RemoteWatch.Standing;
import dev.plumbline.forge.Trouble;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.store.Subject;
import dev.plumbline.web.NoSuchSubjectException;
import dev.plumbline.web.Views;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people ask of repositories that live elsewhere. */
final class RemoteDesk {
    private final RemoteWatch watch;

    RemoteDesk(RemoteWatch watch) {
        this.watch = watch;
    }

    /** All of them, by name. */
    List<Views.Remote> all() {
        return watch.all().stream().map(RemoteDesk::view).toList();
    }

    private static Views.Remote view(Standing standing) {
        Trouble trouble = standing.trouble();
        return new Views.Remote(
                standing.remote().repository(),
                standing.remote().forge().name(),
                standing.remote().address(),
                standing.branch(),
                trouble == null
                        ? standing.seenAt() == null ? "new" : "fine"
                        : trouble.kind().word(),
                trouble == null ? news(standing) : trouble.sentence(),
                standing.seenAt(),
                standing.since(),
                standing.nextAt());
    }

    private static String news(Standing standing) {
        return standing.news() + untold(standing).map(words -> "; " + words).orElse("");
    }

    private static Optional<String> untold(Standing standing) {
        return Optional.ofNullable(standing.notesRefused()).map(why -> "plans are not told there as notes: " + why);
    }

    /** Why plans are not told where a repository lives; empty where they are, or it lives here. */
    Optional<String> untold(String repository) {
        return standing(repository).flatMap(RemoteDesk::untold);
    }

    /** What keeps a repository from being seen, each a sentence with its time. */
    List<String> troubles() {
        return watch.all().stream()
                .flatMap(standing -> trouble(standing).stream())
                .toList();
    }

    /** What keeps a repository from being seen, and since when; empty where nothing does, or it lives here. */
    Optional<String> trouble(String repository) {
        return standing(repository).flatMap(RemoteDesk::trouble);
    }

    private Optional<Standing> standing(String repository) {
        return watch.all().stream()
                .filter(standing -> standing.remote().repository().equals(repository))
                .findFirst();
    }

    private static Optional<String> trouble(Standing standing) {
        Trouble trouble = standing.trouble();
        Instant since = standing.since();
        if (trouble == null || since == null) {
            return Optional.empty();
        }
        String tries = standing.failures() == 0
                ? ""
                : ", " + standing.failures() + (standing.failures() == 1 ? " try" : " tries") + ", the next at "
                        + standing.nextAt().truncatedTo(ChronoUnit.SECONDS);
        return Optional.of(standing.remote().repository() + ": " + trouble.sentence() + " (since "
                + since.truncatedTo(ChronoUnit.SECONDS) + tries + ")");
    }

    /**
     * Looks now.
     *
     * @throws NoSuchSubjectException where a name is none of those
     */
    Views.Acted fetch(Views.Targets targets, String actor) {
        List<Views.Outcome> started = new ArrayList<>();
        meant(targets)
                .forEach(standing -> watch.ask(standing.remote().repository(), actor)
                        .ifPresent(id -> started.add(outcome(new Subject(RemoteWatch.KIND, id).toString(), id)
                                .orElseThrow())));
        return new Views.Acted(started, List.of());
    }

    /**
     * What a look would do now.
     *
     * @throws NoSuchSubjectException where a name is none of those
     */
    List<Views.Prospect> prospects(Views.Targets targets) {
        return meant(targets).stream().map(RemoteDesk::prospect).toList();
    }

    private static Views.Prospect prospect(Standing standing) {
        String branch = TerminalText.safeLine(standing.branch());
        String changes = standing.remote().forge().kind().pulls() ? "pull requests" : "other branches";
        return new Views.Prospect(
                standing.remote().repository(),
                false,
                "Looks at " + standing.remote().address() + " now. What moved there counts as pushed here: on " + branch
                        + ", what was reviewed is applied unless it needs an approval, and the rest is planned; "
                        + changes + " become changes.",
                null,
                null,
                null);
    }

    private List<Standing> meant(Views.Targets targets) {
        List<Standing> known = watch.all();
        return targets.all() || targets.names().isEmpty()
                ? known
                : targets.names().stream().map(name -> named(name, known)).toList();
    }

    private static Standing named(String name, List<Standing> known) {
        return known.stream()
                .filter(standing -> standing.remote().repository().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchSubjectException("There is no repository '" + TerminalText.safeLine(name)
                        + "' that lives elsewhere; server.yaml names "
                        + (known.isEmpty()
                                ? "none"
                                : known.stream()
                                        .map(standing -> standing.remote().repository())
                                        .collect(Collectors.joining(", ")))
                        + "."));
    }

    /** Where a look stands that was asked for. */
    Optional<Views.Outcome> outcome(String handle, long id) {
        return watch.find(id).map(standing -> {
            boolean settled = !standing.asked();
            Trouble trouble = standing.trouble();
            String state = !settled
                    ? "looking"
                    : trouble == null ? "fine" : trouble.kind().word();
            return new Views.Outcome(
                    handle,
                    standing.remote().repository(),
                    state,
                    settled,
                    settled && trouble == null,
                    false,
                    settled && trouble != null ? trouble.sentence() : standing.news());
        });
    }
}
