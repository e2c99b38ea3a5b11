package dev.plumbline.app;

import dev.plumbline.access.Principal;
import dev.plumbline.access.Token;
import dev.plumbline.access.TokenCreation;
import dev.plumbline.access.TokenRequest;
import dev.plumbline.access.Tokens;
import dev.plumbline.drift.DriftWatch;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.RemoteWatch;
import dev.plumbline.forge.hook.HookDoor;
import dev.plumbline.git.CommitSha;
import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeStack;
import dev.plumbline.review.History;
import dev.plumbline.review.Reverts;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.KeptPlans;
import dev.plumbline.run.LogPiece;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackNames;
import dev.plumbline.store.Database;
import dev.plumbline.web.Operations;
import dev.plumbline.web.ProgramVersion;
import dev.plumbline.web.StateOperations;
import dev.plumbline.web.Views;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers what people ask of this server. */
final class Console implements Operations {
    private final RunEngine engine;
    private final Reviews reviews;
    private final DriftWatch drift;
    private final StackDirectory directory;
    private final StackListing listing;
    private final RemoteDesk remotes;
    private final HookDoor hooks;
    private final Outcomes outcomes;
    private final Actions actions;
    private final Prospects prospects;
    private final StateConsole states;
    private final Reasons reasons;
    private final HistoryDesk history;
    private final MergeDesk merges;
    private final Tokens tokens;
    private final List<String> warnings;
    private volatile URI url = URI.create("http://127.0.0.1");
    private volatile Instant startedAt;

    Console(
            Clock clock,
            Database database,
            RunEngine engine,
            Reviews reviews,
            DriftWatch drift,
            RemoteWatch watch,
            HookDoor hooks,
            Reverts reverts,
            MergeDesk merges,
            Tokens tokens,
            List<String> warnings) {
        this.hooks = hooks;
        this.merges = merges;
        this.tokens = tokens;
        this.engine = engine;
        this.reviews = reviews;
        this.drift = drift;
        this.directory = new StackDirectory(engine, reviews);
        this.listing = new StackListing(database, directory, engine, reviews, drift);
        this.remotes = new RemoteDesk(watch);
        this.outcomes = new Outcomes(engine, reviews, drift, remotes);
        TargetFinder finder = new TargetFinder(directory, engine, reviews);
        this.actions =
                new Actions(directory, engine, reviews, drift, outcomes, finder, new RevertDesk(reviews, reverts));
        this.prospects = new Prospects(directory, engine, reviews, finder, remotes);
        this.states = new StateConsole(directory, engine, reviews, outcomes);
        this.reasons = new Reasons(directory, engine, reviews, drift, remotes, states);
        this.history = new HistoryDesk(directory, new History(database), reviews.applies());
        this.warnings = List.copyOf(warnings);
        this.startedAt = clock.instant();
    }

    void startedAt(URI address, Instant now) {
        url = address;
        startedAt = now;
    }

    @Override
    public Views.CommitCheck commit(CommitSha commit, String repository, long pull) {
        return merges.check(commit, repository, pull);
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public Views.Status status() {
        StackListing.Listed stacks = listing.now();
        StackNames names = stacks.names();
        List<Run> active = engine.ledger().active();
        List<Run> live = active.stream().filter(run -> run.state().live()).toList();
        List<String> waiting = new ArrayList<>();
        waiting.addAll(remotes.troubles());
        waiting.addAll(hooks.troubles());
        waiting.addAll(directory.brokenMains());
        waiting.addAll(stacks.waiting());
        return new Views.Status(
                ProgramVersion.current(),
                url.toString(),
                startedAt,
                stacks.stacks(),
                reviews.openChanges().stream()
                        .map(change -> view(change, names))
                        .toList(),
                live.stream().map(run -> view(run, names)).toList(),
                active.size() - live.size(),
                waiting,
                drift.openAlerts(),
                warnings,
                remotes.all());
    }

    @Override
    public List<Views.Stack> stacks() {
        return listing.now().stacks();
    }

    @Override
    public List<Views.Change> changes(boolean all, int limit) {
        StackNames names = listing.now().names();
        return reviews.changes(all, limit).stream()
                .map(change -> view(change, names))
                .toList();
    }

    private Views.Change view(Change change, StackNames names) {
        Set<String> refused = reviews.refused(change);
        // Once it is promised, what becomes of that counts, and no longer how it was planned.
        Map<String, String> promised = (change.state().open()
                        ? reviews.earlyApply().of(change)
                        : reviews.intents(change))
                .stream()
                        .collect(Collectors.toMap(
                                intent -> intent.stack().folder(),
                                intent -> intent.state().word(),
                                (earlier, later) -> later));
        return new Views.Change(
                change.number(),
                change.repository(),
                TerminalText.safeLine(change.branch()),
                change.title(),
                change.author(),
                change.head().hex(),
                change.state().word(),
                change.reason(),
                reviews.stacks(change).stream()
                        .map(stack -> view(
                                stack,
                                names.printed(new StackId(change.repository(), stack.folder())),
                                Optional.ofNullable(promised.get(stack.folder()))
                                        .or(() -> Optional.of("refused")
                                                .filter(word -> refused.contains(stack.folder())))))
                        .toList(),
                change.updatedAt(),
                reviews.pull(change)
                        .map(pull -> view(change.repository(), pull))
                        .orElse(null));
    }

    /** @param state empty where it is that of its plan */
    private Views.ChangeStack view(ChangeStack stack, String id, Optional<String> state) {
        Optional<Run> run = Optional.ofNullable(stack.run()).flatMap(engine.ledger()::find);
        PlanFacts facts = run.map(Run::facts).orElse(null);
        return new Views.ChangeStack(
                id,
                stack.why(),
                state.or(() -> run.map(found -> found.state().word())).orElse("waiting"),
                run.map(found -> found.id().toString()).orElse(null),
                facts == null ? null : counts(facts),
                facts == null ? null : facts.shortDigest());
    }

    static Views.Counts counts(PlanFacts facts) {
        return new Views.Counts(
                facts.counts().add(),
                facts.counts().change(),
                facts.counts().destroy(),
                facts.counts().replace());
    }

    static Views.Pull view(String repository, PullRequest pull) {
        return new Views.Pull(repository, pull.number(), pull.page().orElse(null));
    }

    @Override
    public Views.Change change(String name) {
        return view(new ChangeFinder(reviews).find(name), listing.now().names());
    }

    @Override
    public Optional<Views.ChangeDetail> change(long number) {
        return reviews.change(number)
                .map(change -> new Views.ChangeDetail(
                        view(change, listing.now().names()), reviews.report(change), reviews.markdown(change)));
    }

    @Override
    public List<Views.Run> runs(@Nullable String stack, int limit) {
        StackNames names = listing.now().names();
        StackId only = stack == null ? null : directory.resolve(stack);
        return engine.ledger().latest(only, limit).stream()
                .map(run -> view(run, names))
                .toList();
    }

    @Override
    public Optional<Views.Run> run(long number) {
        return engine.ledger()
                .find(new RunId(number))
                .map(run -> view(run, listing.now().names()));
    }

    @Override
    public List<String> approvers(long run) {
        return engine.ledger()
                .find(new RunId(run))
                .map(reviews.applies()::approvers)
                .orElse(List.of());
    }

    private Views.Run view(Run run, StackNames names) {
        PlanFacts facts = run.facts();
        boolean ofChange = run.order().forWhom().kind().equals("change");
        Long change = ofChange ? Long.valueOf(run.order().forWhom().number()) : null;
        return new Views.Run(
                run.id().toString(),
                names.printed(run.stack()),
                run.stack().repository(),
                run.order().destroy()
                        ? "destroy " + run.order().phase().word()
                        : run.order().phase().word(),
                run.state().word(),
                run.reason(),
                run.order().commit().hex(),
                change,
                change == null ? null : reviews.change(change).map(Change::id).orElse(null),
                facts == null ? null : counts(facts),
                run.queuedAt(),
                run.startedAt(),
                run.endedAt());
    }

    @Override
    public Optional<Views.LogChunk> log(long number, long offset) {
        return engine.ledger().find(new RunId(number)).map(run -> {
            // Asked before the log is read: what is written until it ends is in this chunk or the next.
            boolean ended = run.state().ended();
            LogPiece piece = engine.log(run.id(), offset);
            return new Views.LogChunk(piece.text(), piece.next(), ended && piece.last());
        });
    }

    @Override
    public List<Views.HistoryEntry> history(@Nullable String stack, int limit, long before) {
        return history.latest(stack, limit, before);
    }

    @Override
    public List<Views.Apply> applies(@Nullable String stack, int limit, long before) {
        return history.applies(stack, limit, before, listing.now().names());
    }

    @Override
    public Views.Why why(String typed) {
        return reasons.why(directory.resolve(typed), listing.now().names());
    }

    @Override
    public Views.Acted act(Views.Action action, Views.Targets targets, Principal by) {
        return action == Views.Action.FETCH ? remotes.fetch(targets, by.name()) : actions.act(action, targets, by);
    }

    @Override
    public List<Views.Prospect> prospects(Views.Action action, Views.Targets targets, Principal by) {
        return prospects.of(action, targets, by);
    }

    @Override
    public Views.Queue queue() {
        StackNames names = listing.now().names();
        List<Views.Run> running = new ArrayList<>();
        List<Views.Run> waiting = new ArrayList<>();
        List<Run> ahead = new ArrayList<>();
        for (Run run : engine.ledger().active()) {
            if (run.state().live()) {
                running.add(view(run, names));
            } else {
                waiting.add(view(run, names).because(reasons.queued(run, ahead)));
            }
            ahead.add(run);
        }
        return new Views.Queue(engine.lanes().plans(), engine.lanes().all(), running, waiting);
    }

    @Override
    public Optional<String> plan(long run) {
        return engine.plans().report(new RunId(run), KeptPlans.Form.TEXT);
    }

    @Override
    public List<Views.Outcome> outcomes(List<String> handles) {
        return handles.stream().map(outcomes::of).toList();
    }

    @Override
    public StateOperations states() {
        return states;
    }

    @Override
    public List<Token> tokens() {
        return tokens.all();
    }

    @Override
    public TokenCreation createToken(TokenRequest request, Principal by) {
        return tokens.create(request, by);
    }

    @Override
    public Optional<Token> revokeToken(String name, Principal by) {
        return tokens.revoke(name, by);
    }
}
