package dev.plumbline.app;

import dev.plumbline.access.Principal;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.review.Change;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunState;
import dev.plumbline.run.StateDesk;
import dev.plumbline.run.StateOrder;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Answers what people ask of states. */
final class StateConsole implements StateOperations {
    /** A command's request is given up after two minutes. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(100);

    private final StackDirectory directory;
    private final RunEngine engine;
    private final StateDesk desk;
    private final Reviews reviews;
    private final Outcomes outcomes;

    StateConsole(StackDirectory directory, RunEngine engine, Reviews reviews, Outcomes outcomes) {
        this.directory = directory;
        this.engine = engine;
        this.desk = engine.desk();
        this.reviews = reviews;
        this.outcomes = outcomes;
    }

    /** Where a stack's code is. */
    private record Place(StackId id, CommitSha commit, String tree, Optional<Stack> stack) {
        boolean managed(StateVault states) {
            return stack.map(Stack::managedState)
                    .orElseGet(() -> states.current(id).isPresent());
        }
    }

    /** A stack as main has it; one that only an open change has, as that has it. */
    private Place place(String typed) {
        try {
            return onMain(directory.resolve(typed));
        } catch (NoSuchSubjectException unknown) {
            return openChanges(typed).stream().findFirst().orElseThrow(() -> unknown);
        }
    }

    private Place onMain(StackId id) {
        Mirror mirror = engine.catalogs().mirror(id.repository());
        CommitSha main = mirror.main()
                .orElseThrow(() -> new NoSuchSubjectException(id.repository() + " has no commit on main yet."));
        return at(id, main, mirror.tree(main).id());
    }

    private Place at(StackId id, CommitSha commit, String tree) {
        return new Place(
                id, commit, tree, engine.catalogs().of(id.repository(), tree).find(id));
    }

    private List<Place> openChanges(String typed) {
        return reviews.changes(false).stream()
                .flatMap(change -> reviews.stacks(change).stream()
                        .map(stack -> new StackId(change.repository(), stack.folder()))
                        .filter(id -> id.toString().equals(typed)
                                || id.qualified().equals(typed)
                                || id.folder().endsWith("/" + typed))
                        .map(id -> at(id, change.head(), tree(change))))
                .toList();
    }

    private String tree(Change change) {
        return engine.catalogs().mirror(change.repository()).tree(change.head()).id();
    }

    /** A word on a stack that is planned without a state, though one may exist elsewhere. */
    Optional<String> noneYet(StackId id) {
        if (engine.states().current(id).isPresent() || engine.applied().find(id).isPresent()) {
            return Optional.empty();
        }
        Place place = onMain(id);
        return place.stack().filter(Stack::managedState).map(stack -> StateVault.noneYet(id));
    }

    @Override
    public Views.State show(String typed, Optional<String> address, Principal by) {
        Place place = place(typed);
        boolean managed = place.managed(engine.states());
        Optional<StateVersion> version = managed ? engine.states().current(place.id()) : Optional.empty();
        byte[] content = content(place, by);
        StateFile state = StateFile.parse(content);
        StateListing listing = StateListing.of(content, desk.secrets(place.id()));
        List<Views.StateResource> resources = listing.entries().stream()
                .filter(entry -> address.isEmpty() || entry.meantBy(address.get()))
                .map(entry -> new Views.StateResource(entry.address(), entry.attributes()))
                .toList();
        if (address.isPresent() && resources.isEmpty()) {
            throw new NoSuchSubjectException("There is no " + address.get() + " in the state of " + place.id()
                    + "; plumbline state list " + place.id().typed() + " prints what there is.");
        }
        @Nullable Long number = version.map(StateVersion::version).orElse(null);
        desk.record(
                by.name(),
                place.id(),
                "looked at " + address.orElse("all") + " of " + named(version.map(StateVersion::version), state));
        Map<String, JsonNode> outputs = address.isPresent() ? new TreeMap<>() : listing.outputs();
        return new Views.State(place.id().toString(), number, state.serial(), state.lineage(), resources, outputs);
    }

    private static String named(Optional<Long> version, StateFile state) {
        return version.map(number -> "version " + number + " (serial " + state.serial() + ")")
                .orElse("serial " + state.serial());
    }

    private byte[] content(Place place, Principal by) {
        if (place.managed(engine.states())) {
            return desk.managed(place.id()).orElse(new byte[0]);
        }
        Run asked = desk.ask(
                new StateOrder(place.id(), StateOrder.Kind.READ, List.of(), false, by.name(), null),
                place.commit(),
                place.tree());
        Run ended;
        try {
            ended = desk.await(asked.id(), LONGEST_READ);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("The server is stopping.", "Ask again once it runs.");
        }
        if (ended.state() == RunState.APPLIED) {
            return desk.takePulled(ended.id());
        }
        if (ended.state().ended()) {
            throw new RefusedException(
                    "The state of " + place.id() + " can't be read: " + ended.reason(),
                    "plumbline logs " + ended.id() + " has all that Terraform said.");
        }
        throw new RefusedException(
                "The state of " + place.id() + " can't be read yet: "
                        + desk.heldUp(ended)
                                .orElse(ended.id() + " is " + ended.state().word()) + ".",
                "Ask again when that has ended; plumbline why " + place.id().typed() + " tells.");
    }

    @Override
    public List<Views.StateVersion> versions(String typed, int most, Principal by) {
        Place place = place(typed);
        if (!place.managed(engine.states())) {
            throw new RefusedException(
                    place.id() + " keeps its state in a backend of its own, so its versions are there, too.",
                    "Its backend's own tools list them.");
        }
        List<StateVersion> all = engine.states().versions(place.id());
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
        List<String> approvers = reviews.approvers(run);
        return approvers.isEmpty() ? desk.actor(run) : Optional.of(String.join(", ", approvers));
    }

    private static String how(Run run) {
        return run.order().phase().word() + ": " + run.reason();
    }

    @Override
    public byte[] pull(String typed, boolean errored, Principal by) {
        Place place = place(typed);
        byte[] content = errored ? desk.content(errored(place)) : content(place, by);
        if (content.length == 0) {
            throw new NoSuchSubjectException(place.id() + " has no state yet.");
        }
        Optional<Long> version = place.managed(engine.states()) && !errored
                ? engine.states().current(place.id()).map(StateVersion::version)
                : Optional.empty();
        desk.record(
                by.name(),
                place.id(),
                errored
                        ? "pulled the state that an apply could not save"
                        : "pulled " + named(version, StateFile.parse(content)));
        return content;
    }

    private String errored(Place place) {
        return desk.errored(place.id())
                .orElseThrow(() -> new NoSuchSubjectException(
                        "The last apply of " + place.id() + " left no state that it could not save."));
    }

    @Override
    public Views.Acted push(String typed, Optional<byte[]> content, boolean force, Principal by) {
        Place place = place(typed);
        String artifact = content.map(desk::keep).orElseGet(() -> errored(place));
        return queued(place, StateOrder.Kind.PUSH, List.of(), force, by, artifact);
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
        Place place = action == Views.StateAction.MIGRATE ? wanted(place(typed)) : place(typed);
        return queued(place, StateOrder.Kind.valueOf(action.name()), words, false, by, null);
    }

    /** The code that wants the state elsewhere: of the one open change that does, else of main. */
    private Place wanted(Place main) {
        List<Place> elsewhere = openChanges(main.id().toString()).stream()
                .filter(place -> place.stack().isPresent() && !backend(place).equals(backend(main)))
                .toList();
        if (elsewhere.stream().map(StateConsole::backend).distinct().count() > 1) {
            throw new RefusedException(
                    "Several open changes want the state of " + main.id() + " in different places.",
                    "Close all but one of them: 'plumbline changes' lists them.");
        }
        return elsewhere.stream().findFirst().orElse(main);
    }

    private static Optional<String> backend(Place place) {
        return place.stack().flatMap(stack -> stack.code().backend()).map(backend -> backend.stableText());
    }

    private Views.Acted queued(
            Place place,
            StateOrder.Kind kind,
            List<String> words,
            boolean force,
            Principal by,
            @Nullable String artifact) {
        Run run = desk.ask(
                new StateOrder(place.id(), kind, words, force, by.name(), artifact), place.commit(), place.tree());
        Views.Outcome outcome = outcomes.of(run.subject().toString());
        Views.Outcome told = desk.heldUp(run)
                .map(held -> new Views.Outcome(
                        outcome.handle(), outcome.subject(), outcome.state(), outcome.settled(), false, false, held))
                .orElse(outcome);
        return new Views.Acted(List.of(told), List.of());
    }
}
