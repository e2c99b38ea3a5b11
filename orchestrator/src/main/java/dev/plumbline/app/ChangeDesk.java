package dev.plumbline.app;

import dev.plumbline.forge.PullRequest;
import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeStack;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackNames;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows changes to people. */
record ChangeDesk(Reviews reviews, RunEngine engine) {

    /** @throws dev.plumbline.web.NoSuchSubjectException where none is called so, or more than one */
    Views.Change called(String name, StackNames names) {
        return view(new ChangeFinder(reviews).find(name), names);
    }

    /** With all that is told of it. */
    Optional<Views.ChangeDetail> detail(long number, StackNames names) {
        return reviews.change(number)
                .map(change ->
                        new Views.ChangeDetail(view(change, names), reviews.report(change), reviews.markdown(change)));
    }

    List<Views.Change> views(List<Change> changes, StackNames names) {
        return changes.stream().map(change -> view(change, names)).toList();
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
                        .map(pull -> pull(change.repository(), pull))
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
                facts == null ? null : RunDesk.counts(facts),
                facts == null ? null : facts.shortDigest());
    }

    static Views.Pull pull(String repository, PullRequest pull) {
        return new Views.Pull(repository, pull.number(), pull.page().orElse(null));
    }
}
