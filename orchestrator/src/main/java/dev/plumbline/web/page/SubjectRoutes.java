package dev.plumbline.web.page;

import dev.plumbline.access.Principal;
import dev.plumbline.web.BadRequestException;
import dev.plumbline.web.Needs;
import dev.plumbline.web.NoSuchSubjectException;
import dev.plumbline.web.Operations;
import dev.plumbline.web.RefusedException;
import dev.plumbline.web.Requester;
import dev.plumbline.web.Shield;
import dev.plumbline.web.Views;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of a stack, of changes and runs, and those that look over all of them. */
final class SubjectRoutes {
    private static final int RUNS_OF_A_STACK = 20;
    private static final int VERSIONS = 10;
    private static final int APPLIES = 10;
    private static final int HISTORY = 20;
    /** So many characters of plans stand on the page of a change at most; where a change is larger, each plan has its run's page. */
    private static final int PLANS_OF_A_CHANGE = 1_000_000;

    private static final Pattern MORE_THAN_ANY = Pattern.compile("[r#]?[0-9]{18,}");

    private final Operations operations;
    private final Templates templates;
    private final LoginRoutes.Shells shells;
    private final RunLogs logs;

    SubjectRoutes(Operations operations, Templates templates, LoginRoutes.Shells shells) {
        this.operations = operations;
        this.templates = templates;
        this.shells = shells;
        this.logs = new RunLogs(operations);
    }

    void addTo(RoutesConfig routes) {
        routes.get("/stack", this::stack, Needs.READ);
        routes.get("/changes", this::changes, Needs.READ);
        routes.get("/changes/{number}", this::change, Needs.READ);
        routes.get("/runs", this::runs, Needs.READ);
        routes.get("/runs/{run}", this::run, Needs.READ);
        routes.get("/runs/{run}/log", this::logAfter, Needs.READ);
        routes.get("/runs/{run}/log.txt", this::wholeLog, Needs.READ);
        routes.get("/queue", this::queue, Needs.READ);
        routes.get("/drift", this::drift, Needs.READ);
        routes.get("/graph", this::graph, Needs.READ);
    }

    private void stack(Context context) {
        String id = parameter(context, "id");
        if (id.isBlank()) {
            throw new BadRequestException(400, "The address names no stack.", "Find it in the list of stacks.");
        }
        Views.Why why = operations.why(id);
        List<Views.Stack> all = operations.stacks();
        Views.Stack stack = all.stream()
                .filter(each -> each.id().equals(why.stack()))
                .findFirst()
                .orElseThrow(() -> new NoSuchSubjectException("There is no stack '" + why.stack() + "' any more."));
        Shell shell = shells.of(context, stack.id(), "stacks");
        List<ActionLink> actions = Stream.of(
                        Views.Action.APPROVE,
                        Views.Action.RETRY,
                        Views.Action.APPLY,
                        Views.Action.DRIFT_CHECK,
                        Views.Action.CANCEL)
                .filter(action -> action != Views.Action.APPLY || !stack.state().equals("failed"))
                .flatMap(action -> offered(context, shell, action, stack.id()).stream())
                .toList();
        Optional<String> awaited = stack.state().equals("awaiting-approval") ? plan(stack.id()) : Optional.empty();
        StackPage page = new StackPage(
                shell,
                stack,
                why,
                operations.runs(stack.id(), RUNS_OF_A_STACK),
                new StackGraph(all).readersOf(stack.id()),
                awaited.orElse(null),
                awaited.flatMap(run -> operations.plan(number(run)))
                        .map(PlanText::of)
                        .orElse(null),
                versions(stack.id(), Requester.of(context)),
                operations.applies(stack.id(), APPLIES, Long.MAX_VALUE),
                operations.history(stack.id(), HISTORY, Long.MAX_VALUE),
                actions);
        show(context, "stack", page);
    }

    /** The newest versions of its state; none where a backend keeps them. */
    private List<Views.StateVersion> versions(String stack, Principal by) {
        try {
            return operations.states().versions(stack, VERSIONS, by);
        } catch (RefusedException | NoSuchSubjectException keptElsewhere) {
            return List.of();
        }
    }

    /** The run whose plan an approval of that stack would apply. */
    private Optional<String> plan(String stack) {
        Principal anybody = new Principal("", dev.plumbline.access.Role.ADMIN);
        return operations.prospects(Views.Action.APPROVE, new Views.Targets(List.of(stack), false), anybody).stream()
                .flatMap(prospect -> Optional.ofNullable(prospect.run()).stream())
                .findFirst();
    }

    /** The button of an action, where there is something to do and they may. */
    private Optional<ActionLink> offered(Context context, Shell shell, Views.Action action, String target) {
        if (!shell.may(action)) {
            return Optional.empty();
        }
        try {
            boolean possible =
                    operations
                            .prospects(action, new Views.Targets(List.of(target), false), Requester.of(context))
                            .stream()
                            .anyMatch(prospect -> !prospect.refused());
            return possible ? Optional.of(ActionLink.of(action, List.of(target), shell.self())) : Optional.empty();
        } catch (NoSuchSubjectException nothingOfItIsLeft) {
            return Optional.empty();
        }
    }

    private void changes(Context context) {
        boolean all = parameter(context, "all").equals("true");
        Shell shell = shells.of(context, "Changes", "changes");
        show(context, "changes", new ChangesPage(shell, all, newest(context, limit -> operations.changes(all, limit))));
    }

    private void change(Context context) {
        long number = number(context.pathParam("number"));
        Views.Change change = operations
                .change(number)
                .orElseThrow(() -> new NoSuchSubjectException("There is no change #" + number + "."))
                .change();
        Shell shell = shells.of(context, Views.called(number, change.pull()) + " " + change.title(), "changes");
        List<ChangePage.Planned> plans = new ArrayList<>();
        int left = PLANS_OF_A_CHANGE;
        for (Views.ChangeStack stack : change.stacks()) {
            ChangePage.Planned planned = planned(stack, Math.min(left, PlanText.MOST));
            plans.add(planned);
            left -= planned.plan() == null ? 0 : Math.min(left, planned.plan().length());
        }
        List<ActionLink> actions = Stream.of(Views.Action.RETRY, Views.Action.CANCEL, Views.Action.REVERT)
                .filter(action ->
                        action != Views.Action.CANCEL || change.state().equals("planning"))
                .filter(action -> action != Views.Action.RETRY || change.state().equals("failed"))
                .filter(action ->
                        action != Views.Action.REVERT || change.state().equals("merged"))
                .flatMap(action -> offered(context, shell, action, change.qualified()).stream())
                .toList();
        show(context, "change", new ChangePage(shell, change, plans, actions));
    }

    private ChangePage.Planned planned(Views.ChangeStack stack, int most) {
        Optional<String> run = Optional.ofNullable(stack.run());
        return new ChangePage.Planned(
                stack,
                run.flatMap(id -> operations.plan(number(id)))
                        .map(report -> PlanText.of(report, most))
                        .orElse(null));
    }

    private void runs(Context context) {
        String stack = parameter(context, "stack");
        Shell shell = shells.of(context, "Runs", "runs");
        show(
                context,
                "runs",
                new RunsPage(
                        shell,
                        stack,
                        newest(context, limit -> operations.runs(stack.isEmpty() ? null : stack, limit))));
    }

    private static <T> Newest<T> newest(Context context, IntFunction<List<T>> listing) {
        return Newest.of(PageNumber.of(parameter(context, "page")), listing);
    }

    private void run(Context context) {
        long number = number(context.pathParam("run"));
        Views.Run run = operations
                .run(number)
                .orElseThrow(() -> new NoSuchSubjectException("There is no run r" + number + "."));
        Shell shell = shells.of(context, run.id() + " " + run.phase() + " " + run.stack(), "runs");
        RunLogs.Piece log = logs.after(number, 0).orElseThrow();
        List<ActionLink> actions = Stream.of(Views.Action.APPROVE, Views.Action.CANCEL)
                .filter(action -> action != Views.Action.APPROVE || run.state().equals("planned"))
                .flatMap(action -> offered(context, shell, action, run.id()).stream())
                .toList();
        String who = Optional.ofNullable(run.change())
                .flatMap(operations::change)
                .map(change -> change.change().author())
                .orElse("");
        RunPage page = new RunPage(
                shell,
                run,
                who,
                operations.approvers(number),
                operations.plan(number).map(PlanText::of).orElse(null),
                run.phase().contains("apply") ? logs.progress(number, run.counts()) : ResourceProgress.NONE,
                log.chunk(),
                log.cut(),
                actions);
        show(context, "run", page);
    }

    /** What came of a log since, as text; where to go on, and whether that was all, stand in the head. */
    private void logAfter(Context context) {
        long run = number(context.pathParam("run"));
        long offset = number(parameter(context, "offset").isEmpty() ? "0" : parameter(context, "offset"));
        RunLogs.Piece piece =
                logs.after(run, offset).orElseThrow(() -> new NoSuchSubjectException("There is no run r" + run + "."));
        context.header("X-Next", String.valueOf(piece.chunk().next()))
                .header("X-Ended", String.valueOf(piece.chunk().ended()))
                .header("X-Cut", String.valueOf(piece.cut()))
                .contentType("text/plain;charset=utf-8")
                .result(piece.chunk().text());
    }

    private void wholeLog(Context context) {
        long run = number(context.pathParam("run"));
        Views.LogChunk chunk =
                operations.log(run, 0).orElseThrow(() -> new NoSuchSubjectException("There is no run r" + run + "."));
        context.contentType("text/plain;charset=utf-8");
        try {
            Writer out = new java.io.OutputStreamWriter(context.res().getOutputStream(), StandardCharsets.UTF_8);
            while (!chunk.text().isEmpty()) {
                out.write(chunk.text());
                chunk = operations.log(run, chunk.next()).orElseThrow();
            }
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void queue(Context context) {
        Shell shell = shells.of(context, "Queue", "queue");
        Views.Status status = operations.status();
        show(context, "queue", new QueuePage(shell, operations.queue(), status.waiting(), status.remotes()));
    }

    private void drift(Context context) {
        Views.Status status = operations.status();
        List<Views.Stack> drifted = new ArrayList<>();
        int checked = 0;
        for (Views.Stack stack : status.stacks()) {
            checked += stack.drifted() == null ? 0 : 1;
            if (StackSearch.drifted(stack)) {
                drifted.add(stack);
            }
        }
        Shell shell = shells.of(context, "Drift", "drift");
        show(
                context,
                "drift",
                new DriftPage(
                        shell,
                        status.alerts(),
                        drifted,
                        checked,
                        status.stacks().size(),
                        status.warnings()));
    }

    private void graph(Context context) {
        Shell shell = shells.of(context, "Graph", "graph");
        int steps = Math.min(6, parameter(context, "steps").isEmpty() ? 2 : PageNumber.of(parameter(context, "steps")));
        StackGraph graph = new StackGraph(operations.stacks());
        show(context, "graph", GraphPage.of(shell, parameter(context, "stack"), steps, graph));
    }

    private void show(Context context, String template, Object page) {
        Shield.page(context, templates.fill(template, page));
    }

    /** A number with or without the letter or sign that people write before it. */
    private static long number(String typed) {
        if (MORE_THAN_ANY.matcher(typed).matches()) {
            throw new NoSuchSubjectException("There is nothing of the number " + typed + ".");
        }
        try {
            return Long.parseLong(typed.replaceFirst("^[r#]", ""));
        } catch (NumberFormatException e) {
            throw new BadRequestException(
                    400, "'" + typed + "' is not a number.", "Write a run as r12, and a change as 12.");
        }
    }

    private static String parameter(Context context, String name) {
        return Objects.requireNonNullElse(context.queryParam(name), "");
    }
}
