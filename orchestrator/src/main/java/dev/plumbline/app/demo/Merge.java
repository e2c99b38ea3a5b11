package dev.plumbline.app.demo;

import dev.plumbline.terraform.plan.StateFile;
import dev.plumbline.web.Views;

/** The branch is merged, and what was reviewed is applied. */
final class Merge implements Chapter {
    @Override
    public String title() {
        return "Merge, and have the reviewed plans applied";
    }

    @Override
    public void play(Stage stage) {
        long before = stage.state(Stacks.NETWORK).serial();
        Views.Change reviewed = stage.change(1);
        stage.git("switch", "--quiet", "main");
        stage.git("merge", "--quiet", "--no-ff", "-m", "Merge: move the network", BranchPlan.BRANCH);
        Ended push = stage.git("push", "plumbline", "main");
        stage.say("");
        String head = stage.head();
        for (Views.ChangeStack stack : reviewed.stacks()) {
            applied(stage, push, stack, head);
        }
        stage.check(
                "the plans that were applied are those that were reviewed in change #1, and nothing was planned again",
                stage.runs().stream()
                        .filter(run -> run.commit().equals(head))
                        .allMatch(run -> run.phase().equals("apply")),
                () -> "the runs are " + stage.runs());
        StateFile network = stage.state(Stacks.NETWORK);
        stage.check(
                "the state is a newer one, and has the new range in it",
                network.serial() > before
                        && network.managedInstances() == 3
                        && network.outputs().get("app_subnet") != null
                        && network.outputs().get("app_subnet").json().equals("\"10.30.1.0/24\""),
                () -> "serial " + before + " became " + network);
        stage.showState(Stacks.NETWORK);
        stage.plumbline(0, "status");
    }

    private static void applied(Stage stage, Ended push, Views.ChangeStack reviewed, String head) {
        String said = reviewed.stack() + ": applying the plan of " + reviewed.run();
        if (!push.says(said)) {
            throw new StepFailed("the push did not say '" + said + "':" + push.tail());
        }
        Views.Stack stack = stage.stack(reviewed.stack());
        if (!stack.state().equals("applied") || !head.equals(stack.appliedCommit())) {
            throw new StepFailed(reviewed.stack() + " is not applied at " + head + ": " + stack);
        }
    }
}
