package dev.plumbline.app.demo;

import dev.plumbline.web.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A branch is pushed, and its plan comes back while it is made. */
final class BranchPlan implements Chapter {
    static final String BRANCH = "move-network";
    static final String OLD = "10.20.0.0/16";
    static final String NEW = "10.30.0.0/16";
    static final List<String> AFFECTED = List.of(Stacks.NETWORK, Stacks.APP, Stacks.WORKER);

    @Override
    public String title() {
        return "Push a branch and see its plan";
    }

    @Override
    public void play(Stage stage) {
        stage.git("switch", "--quiet", "--create", BRANCH);
        stage.replace("stacks/network/main.tf", OLD, NEW);
        stage.git("commit", "--quiet", "--all", "-m", "Move the network");
        Ended push = stage.git("push", "plumbline", BRANCH);
        stage.say("");
        Views.Change change = stage.change(1);
        stage.check(
                "change #1 has a plan of network, whose code changed, and of app and worker, which read its outputs;"
                        + " dns is left alone",
                change.state().equals("planned")
                        && change.stacks().size() == AFFECTED.size()
                        && change.stacks().stream()
                                .map(Views.ChangeStack::stack)
                                .toList()
                                .containsAll(AFFECTED),
                () -> change.toString());
        stage.check(
                "app's plan shows what network will give it",
                push.says("\"10.20.1.0/24\" -> \"10.30.1.0/24\""),
                () -> "the push said" + push.tail());
        Duration ahead = ahead(stage, push, change);
        stage.check(
                "the plans came live: the first line " + ahead.toMillis() + " ms before the last plan was made",
                !ahead.isNegative(),
                () -> "it came " + ahead.negated().toMillis() + " ms after it");
    }

    /** How long before the end of the change's last plan the push said that the first one was being made. */
    private static Duration ahead(Stage stage, Ended push, Views.Change change) {
        List<String> ours = change.stacks().stream()
                .map(Views.ChangeStack::run)
                .filter(Objects::nonNull)
                .toList();
        Instant last = stage.runs().stream()
                .filter(run -> ours.contains(run.id()))
                .map(Views.Run::endedAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElseThrow(() -> new StepFailed("no plan of change #1 has ended: " + change));
        Instant first = push.line("stacks/network: planning")
                .orElseThrow(() -> new StepFailed("the push did not say that network was being planned:" + push.tail()))
                .at();
        return Duration.between(first, last);
    }
}
