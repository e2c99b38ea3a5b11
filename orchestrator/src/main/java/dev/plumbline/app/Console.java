package dev.plumbline.app;

import dev.plumbline.access.Principal;
import dev.plumbline.access.Token;
import dev.plumbline.access.TokenCreation;
import dev.plumbline.access.TokenRequest;
import dev.plumbline.access.Tokens;
import dev.plumbline.drift.DriftWatch;
import dev.plumbline.forge.RemoteWatch;
import dev.plumbline.forge.hook.HookDoor;
import dev.plumbline.git.CommitSha;
import dev.plumbline.review.History;
import dev.plumbline.review.Reverts;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.KeptPlans;
import dev.plumbline.run.LogPiece;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
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
import java.util.Optional;
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
    private final ChangeDesk changes;
    private final RunDesk runs;
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
        this.changes = new ChangeDesk(reviews, engine);
        this.runs = new RunDesk(reviews, engine, reasons);
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
                changes.views(reviews.openChanges(), names),
                runs.views(live, names),
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
        return changes.views(reviews.changes(all, limit), listing.now().names());
    }

    @Override
    public Views.Change change(String name) {
        return changes.called(name, listing.now().names());
    }

    @Override
    public Optional<Views.ChangeDetail> change(long number) {
        return changes.detail(number, listing.now().names());
    }

    @Override
    public List<Views.Run> runs(@Nullable String stack, int limit) {
        StackId only = stack == null ? null : directory.resolve(stack);
        return runs.views(engine.ledger().latest(only, limit), listing.now().names());
    }

    @Override
    public Optional<Views.Run> run(long number) {
        return engine.ledger()
                .find(new RunId(number))
                .map(run -> runs.view(run, listing.now().names()));
    }

    @Override
    public List<String> approvers(long run) {
        return engine.ledger()
                .find(new RunId(run))
                .map(reviews.applies()::approvers)
                .orElse(List.of());
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
        return runs.queue(listing.now().names());
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
