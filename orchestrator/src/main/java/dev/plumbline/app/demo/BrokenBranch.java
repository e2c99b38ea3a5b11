package dev.plumbline.app.demo;

import dev.plumbline.web.Views;

/** A branch that breaks a stack: its author is told, and main stays as it is. */
final class BrokenBranch implements Chapter {
    @Override
    public String title() {
        return "Push a branch that breaks a stack";
    }

    @Override
    public void play(Stage stage) {
        stage.git("switch", "--quiet", "--create", "many-workers");
        stage.replace("stacks/worker/main.tf", "replicas = 2", "replicas = 200");
        stage.git("commit", "--quiet", "--all", "-m", "Run many workers");
        Ended push = stage.git("push", "plumbline", "many-workers");
        stage.say("");
        Views.Change change = stage.change(2);
        stage.check(
                "the author saw which stack failed, where and why",
                change.state().equals("failed")
                        && push.says("A service runs 1 to 10 replicas")
                        && push.says("on main.tf line"),
                () -> change + push.tail());
        stage.quietGit("switch", "--quiet", "main");
        stage.check(
                "main and what it applied stayed as they were",
                stage.head().equals(stage.stack(Stacks.WORKER).appliedCommit())
                        && stage.stack(Stacks.WORKER).state().equals("applied"),
                () -> stage.stack(Stacks.WORKER).toString());
    }
}
