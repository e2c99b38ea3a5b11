package dev.plumbline.app;

import dev.plumbline.access.Principal;
import dev.plumbline.access.Role;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunState;
import dev.plumbline.run.StateDesk;
import dev.plumbline.run.StateOrder;
import dev.plumbline.run.StatePlace;
import dev.plumbline.run.StateReads;
import dev.plumbline.run.StateVault;
import dev.plumbline.run.StateVersion;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import dev.plumbline.terraform.plan.StateFile;
import dev.plumbline.terraform.plan.StateListing;
import dev.plumbline.web.NoSuchSubjectException;
import dev.plumbline.web.RefusedException;
import dev.plumbline.web.StateOperations;
import dev.plumbline.web.Views;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers what people ask of states. */
final class StateConsole implements StateOperations {
    /** A command's request is given up after two minutes. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(100);

    private final StateFinder finder;
    private final RunEngine engine;
    private final StateDesk desk;
    private final Reviews reviews;
    private final Outcomes outcomes;

    StateConsole(StackDirectory directory, RunEngine engine, Reviews reviews, Outcomes outcomes) {
        this.finder = new StateFinder(directory, engine, reviews);
        this.engine = engine;
        this.desk = engine.desk();
        this.reviews = reviews;
        this.outcomes = outcomes;
    }

    /** A word on a stack that is planned without a state, though one may exist elsewhere. */
    Optional<String> noneYet(StackId id) {
        // While the first apply runs it writes one, and another would be in its way.
        if (engine.states().current(id).isPresent()
                || engine.applied().find(id).isPresent()
                || engine.ledger().active().stream()
                        .anyMatch(run -> run.stack().equals(id) && run.state() == RunState.APPLYING)) {
            return Optional.empty();
        }
        return finder.onMain(id).stack().filter(Stack::managedState).map(stack -> StateVault.noneYet(id));
    }

    @Override
    public List<String> addresses(String typed, Principal by) {
        StateFinder.Meant meant = finder.named(typed);
        StatePlace place = place(meant, by);
        Optional<StateVersion> version = version(meant, place);
        byte[] content = content(meant, place, by);
        desk.record(by.name(), meant.id(), "listed " + named(version, StateFile.parse(content)));
        return StateListing.addresses(content);
    }

    @Override
    public Views.State show(String typed, Optional<String> address, Principal by) {
        StateFinder.Meant meant = finder.named(typed);
        StatePlace place = place(meant, by);
        Optional<StateVersion> version = version(meant, place);
        StateListing listing = desk.shown(meant.id(), content(meant, place, by), address);
        List<Views.StateResource> resources = listing.entries().stream()
                .map(entry -> new Views.StateResource(entry.address(), entry.attributes()))
                .toList();
        if (address.isPresent() && resources.isEmpty()) {
            throw new NoSuchSubjectException("There is no " + address.get() + " in the state of " + meant.id()
                    + "; plumbline state list " + meant.id().typed() + " prints what there is.");
        }
        StateFile state = listing.state();
        desk.record(by.name(), meant.id(), "looked at " + address.orElse("all") + " of " + named(version, state));
        @Nullable Long number = version.map(StateVersion::version).orElse(null);
        return new Views.State(
                meant.id().toString(), number, state.serial(), state.lineage(), resources, listing.outputs());
    }

    /** Whoever is no admin has nothing run that was not approved. */
    private StatePlace place(StateFinder.Meant meant, Principal by) {
        if (by.may(Role.ADMIN)) {
            return engine.backendChange().placeOf(meant.id(), meant.code()).orElse(StatePlace.here());
        }
        return engine.backendChange()
                .approvedPlaceOf(meant.id(), meant.code())
                .orElseThrow(() -> new RefusedException(
                        "The state of " + meant.id() + " is in a backend that only code names which was never applied;"
                                + " to have that code run is for admins.",
                        "Read it once the stack was applied, or ask an admin of this server."));
    }

    private Optional<StateVersion> version(StateFinder.Meant meant, StatePlace place) {
        return place.managed() ? engine.states().current(meant.id()) : Optional.empty();
    }

    private static String named(Optional<StateVersion> version, StateFile state) {
        return version.map(kept -> "version " + kept.version() + " (serial " + state.serial() + ")")
                .orElse("serial " + state.serial());
    }

    private byte[] content(StateFinder.Meant meant, StatePlace place, Principal by) {
        if (place.managed()) {
            return desk.managed(meant.id()).orElse(new byte[0]);
        }
        StackId id = meant.id();
        StateReads.Outcome outcome;
        try {
            outcome = engine.reads().read(id, place.code().orElseThrow(), by.name(), LONGEST_READ);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("The server is stopping.", "Ask again once it runs.");
        }
        if (outcome instanceof StateReads.Got got) {
            return got.content();
        }
        if (outcome instanceof StateReads.Full full) {
            throw new RefusedException(
                    full.waiting() + " others wait for states out of backends already, which is the most at once.",
                    "Ask again in a minute.");
        }
        throw unread(id, ((StateReads.NotYet) outcome).run());
    }

    private RefusedException unread(StackId id, Run run) {
        return run.state().ended()
                ? new RefusedException(
                        "The state of " + id + " can't be read: " + run.reason(),
                        "plumbline logs " + run.id() + " has all that Terraform said.")
                : new RefusedException(
                        "The state of " + id + " can't be read yet: "
                                + desk.heldUp(run)
                                        .orElse(run.id() + " is " + run.state().word()) + ".",
                        "Ask again when that has ended; plumbline why " + id.typed() + " tells.");
    }

    @Override
    public List<Views.StateVersion> versions(String typed, int most, Principal by) {
        StateFinder.Meant meant = finder.named(typed);
        StatePlace place =
                engine.backendChange().placeOf(meant.id(), meant.code()).orElse(StatePlace.here());
        if (!place.managed()) {
            throw new RefusedException(
                    meant.id() + " keeps its state in a backend of its own, so its versions are there, too.",
                    "Its backend's own tools list them.");
        }
        List<StateVersion> all = engine.states().versions(meant.id());
        return all.stream()
                .limit(most)
                .map(version -> view(version, version.equals(all.get(0))))
                .toList();
    }

    private Views.StateVersion view(StateVersion version, boolean current) {
        Optional<Run> run = Optional.ofNullable(version.run()).flatMap(engine.ledger()::find);
        return new Views.StateVersion(
                version.version(),
                current,
                version.serial(),
                version.lineage(),
                Optional.ofNullable(version.run()).map(Object::toString).orElse(null),
                run.flatMap(this::by).orElse(null),
                run.map(StateConsole::how).orElse(null),
                version.at());
    }

    private Optional<String> by(Run run) {
        List<String> approvers = reviews.applies().approvers(run);
        return approvers.isEmpty() ? desk.actor(run) : Optional.of(String.join(", ", approvers));
    }

    private static String how(Run run) {
        return run.order().phase().word() + ": " + run.reason();
    }

    @Override
    public byte[] pull(String typed, boolean errored, Principal by) {
        StateFinder.Meant meant = finder.named(typed);
        StatePlace place = place(meant, by);
        Optional<StateVersion> version = version(meant, place);
        byte[] content = errored ? desk.content(errored(meant)) : content(meant, place, by);
        if (content.length == 0) {
            throw new NoSuchSubjectException(meant.id() + " has no state yet.");
        }
        desk.record(
                by.name(),
                meant.id(),
                errored
                        ? "pulled the state that an apply could not save"
                        : "pulled " + named(version, StateFile.parse(content)));
        return content;
    }

    private String errored(StateFinder.Meant meant) {
        return desk.errored(meant.id())
                .orElseThrow(() -> new NoSuchSubjectException(
                        "The last apply of " + meant.id() + " left no state that it could not save."));
    }

    @Override
    public Views.Acted push(String typed, Optional<byte[]> content, boolean force, Principal by) {
        StateFinder.Meant meant = finder.named(typed);
        String artifact = content.map(desk::keep).orElseGet(() -> errored(meant));
        return queued(meant, StateOrder.Kind.PUSH, List.of(), force, by, artifact);
    }

    @Override
    public Views.Acted change(Views.StateAction action, Views.StateAsk ask, Principal by) {
        List<String> words = Objects.requireNonNullElse(ask.words(), List.of());
        boolean fits = switch (action) {
            case MV -> words.size() == 2;
            case RM -> !words.isEmpty();
            case ROLLBACK -> words.size() <= 1;
            case MIGRATE -> words.isEmpty();
        };
        String typed = Objects.requireNonNull(ask.stack());
        if (!fits) {
            throw new RefusedException(
                    "state " + StateOrder.Kind.valueOf(action.name()).word() + " does not take " + words.size()
                            + " words.",
                    "See 'plumbline state --help'.");
        }
        StateFinder.Meant meant =
                action == Views.StateAction.MIGRATE ? finder.wanting(finder.named(typed)) : finder.named(typed);
        return queued(meant, StateOrder.Kind.valueOf(action.name()), words, false, by, null);
    }

    private Views.Acted queued(
            StateFinder.Meant meant,
            StateOrder.Kind kind,
            List<String> words,
            boolean force,
            Principal by,
            @Nullable String artifact) {
        Run run = desk.ask(
                new StateOrder(meant.id(), kind, words, force, by.name(), artifact), meant.commit(), meant.tree());
        Views.Outcome outcome = outcomes.of(run.subject().toString());
        Views.Outcome told = desk.heldUp(run)
                .map(held -> new Views.Outcome(
                        outcome.handle(), outcome.subject(), outcome.state(), outcome.settled(), false, false, held))
                .orElse(outcome);
        return new Views.Acted(List.of(told), List.of());
    }
}
