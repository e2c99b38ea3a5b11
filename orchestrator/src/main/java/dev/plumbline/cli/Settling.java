package dev.plumbline.cli;

import dev.plumbline.cli.screen.Progress;
import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.web.Views;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Follows work that was started until all of it has ended or waits for a person, telling each end as it comes. */
public final class Settling {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final CliContext context;
    private final ApiClient server;
    private final Terminal terminal;
    private final String nothing;
    private final Set<String> told = new HashSet<>();

    public Settling(CliContext context, ApiClient server) {
        this(context, server, "There is nothing to do.");
    }

    /** @param nothing what is said where nothing was started and nothing refused */
    Settling(CliContext context, ApiClient server, String nothing) {
        this.nothing = nothing;
        this.context = context;
        this.server = server;
        this.terminal = context.terminal();
    }

    /** Tells what was started, and no more. */
    int begun(Views.Acted acted) {
        if (!context.options().json()) {
            acted.started().forEach(this::tell);
        }
        return finish(acted);
    }

    /** Waits for the end of everything that was started, and gives the exit status. */
    public int ended(Views.Acted acted) {
        List<Views.Outcome> outcomes = acted.started();
        try (Progress progress = new Progress(terminal, context.clock());
                AtInterrupt leaving = new AtInterrupt(() -> leave(progress))) {
            while (true) {
                outcomes.stream().filter(Views.Outcome::settled).forEach(outcome -> tellOnce(outcome, progress));
                List<Views.Outcome> open =
                        outcomes.stream().filter(outcome -> !outcome.settled()).toList();
                if (open.isEmpty()) {
                    break;
                }
                progress.waitingFor(open.stream()
                        .map(outcome -> outcome.subject() + ": " + outcome.state())
                        .collect(Collectors.joining(", ")));
                context.pace().await(BETWEEN_LOOKS);
                outcomes = server.outcomes(
                        outcomes.stream().map(Views.Outcome::handle).toList());
            }
        }
        return finish(new Views.Acted(outcomes, acted.refused()));
    }

    /** Whoever is tired of waiting must not think that they stopped anything. */
    private void leave(Progress progress) {
        progress.wipe();
        terminal.error(
                "plumbline: left; what was started goes on at the server: 'plumbline status' tells the rest, 'plumbline cancel'"
                        + " stops it");
    }

    private int finish(Views.Acted acted) {
        if (context.options().json()) {
            context.printJson(acted);
        } else {
            acted.refused().forEach(sentence -> terminal.error("plumbline: refused: " + sentence));
            if (acted.started().isEmpty() && acted.refused().isEmpty()) {
                terminal.line(nothing);
            }
        }
        return ExitStatus.of(acted);
    }

    private void tellOnce(Views.Outcome outcome, Progress progress) {
        if (told.add(outcome.handle()) && !context.options().json()) {
            progress.wipe();
            tell(outcome);
        }
    }

    private void tell(Views.Outcome outcome) {
        Style style = outcome.settled() && !outcome.succeeded() ? Style.BAD : Style.ofState(outcome.state());
        terminal.line(outcome.subject() + ": " + terminal.styled(style, outcome.state()) + ": " + outcome.message());
    }
}
