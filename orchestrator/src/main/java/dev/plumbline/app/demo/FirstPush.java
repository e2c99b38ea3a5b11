package dev.plumbline.app.demo;

import dev.plumbline.web.Views;
import java.util.Objects;

/** The repository is taken in; nothing of it is applied unseen. */
final class FirstPush implements Chapter {
    @Override
    public String title() {
        return "Push main for the first time";
    }

    @Override
    public void play(Stage stage) {
        stage.say("The repository is this project's own stacks/ and modules/: network, dns, app and worker."
                + " app and worker share a module, and read outputs of the others.");
        SampleRepository.unpack(stage.folder().repository());
        stage.quietGit("init", "-q");
        stage.quietGit("symbolic-ref", "HEAD", "refs/heads/main");
        stage.quietGit("add", "--all");
        stage.quietGit("commit", "-q", "-m", "The platform");
        stage.addRemote();
        Ended push = stage.git("push", "plumbline", "main");
        stage.say("");
        Views.Status status = stage.status();
        stage.check(
                "all four stacks were found",
                status.stacks().stream().map(Views.Stack::id).toList().containsAll(Stacks.ALL),
                () -> "the server has " + status.stacks());
        stage.check(
                "the plans of network and dns came with the push, and both await approval",
                push.says("stacks/network: planned: 3 to add")
                        && push.says("stacks/dns: planned: 1 to add")
                        && stage.stack(Stacks.NETWORK).state().equals("awaiting-approval")
                        && stage.stack(Stacks.DNS).state().equals("awaiting-approval"),
                () -> "network: " + stage.stack(Stacks.NETWORK).reason() + "; dns: "
                        + stage.stack(Stacks.DNS).reason());
        stage.check(
                "nothing was applied that nobody has seen",
                status.stacks().stream().map(Views.Stack::appliedCommit).allMatch(Objects::isNull)
                        && stage.runs().stream().noneMatch(run -> run.phase().equals("apply")),
                () -> "the runs are " + stage.runs());
    }
}
