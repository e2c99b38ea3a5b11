package dev.plumbline.app.demo;

import dev.plumbline.terraform.plan.StateFile;
import java.util.stream.Collectors;

/** What was shown is approved, and applied; readers of outputs follow. */
final class Approval implements Chapter {
    @Override
    public String title() {
        return "Approve what was shown";
    }

    @Override
    public void play(Stage stage) {
        stage.plumbline(0, "approve", "--all");
        stage.say("");
        stage.await(
                "network and dns are applied, and now app and worker await approval",
                () -> stage.stack(Stacks.NETWORK).state().equals("applied")
                        && stage.stack(Stacks.DNS).state().equals("applied")
                        && stage.stack(Stacks.APP).state().equals("awaiting-approval")
                        && stage.stack(Stacks.WORKER).state().equals("awaiting-approval"),
                () -> states(stage));
        stage.say("");
        stage.say("app and worker read outputs of network and dns, so they could be planned only now.");
        stage.plumbline(0, "approve", "--all");
        stage.say("");
        String head = stage.head();
        for (String stack : Stacks.ALL) {
            if (!head.equals(stage.stack(stack).appliedCommit())) {
                throw new StepFailed(stack + " is not applied at " + head + ": " + stage.stack(stack));
            }
        }
        StateFile app = stage.state(Stacks.APP);
        stage.check(
                "all four stacks are applied, and each has a state",
                app.managedInstances() == 1
                        && stage.state(Stacks.NETWORK).managedInstances() == 3
                        && stage.state(Stacks.DNS).managedInstances() == 1
                        && stage.state(Stacks.WORKER).managedInstances() == 1,
                () -> "app's state is " + app);
        stage.showState(Stacks.NETWORK);
        stage.showState(Stacks.APP);
    }

    private static String states(Stage stage) {
        return stage.status().stacks().stream()
                .map(stack -> stack.id() + " is " + stack.state() + " (" + stack.reason() + ")")
                .collect(Collectors.joining("; "));
    }
}
