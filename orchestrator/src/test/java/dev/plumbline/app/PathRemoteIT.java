package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that lives in a folder elsewhere on the machine: seen by polling, planned and applied like a pushed one. */
class PathRemoteIT {
    @TempDir
    private Path folder;

    private static String settings(Path git) {
        return "forges: [{ name: work, kind: git, url: " + git + ", poll: 1s }]\n"
                + "repositories: [{ forge: work, name: infra }]\n";
    }

    @Test
    void a_branch_pushed_elsewhere_is_planned_and_its_merge_is_applied_as_reviewed() {
        RemoteSite site = RemoteSite.made(folder.resolve("git/infra.git"), "master");
        Repo repo = site.checkout("ada").run("checkout", "-q", "-b", "master").stack("stacks/network", "10.0");
        repo.commit("First").push("master");
        try (ServerFixture plumbline = ServerFixture.started(folder, settings(folder.resolve("git")))) {
            plumbline.awaits("stacks/network", "awaiting-approval").cli("approve", "network");
            plumbline.awaits("stacks/network", "applied");

            repo.branch("feature")
                    .stack("stacks/network", "10.1")
                    .commit("Move the network")
                    .push("feature");
            plumbline.awaitsChange(1, "planned");
            plumbline.looksAgain();
            assertThat(plumbline.cli("change", "1").out()).contains("\"10.0\" -> \"10.1\"");

            repo.checkout("master")
                    .run("merge", "-q", "--no-ff", "--no-edit", "feature")
                    .push("master");
            plumbline.awaitsChange(1, "merged").awaits("stacks/network", "applied");
            plumbline.awaitsText("it is as commit " + repo.head().substring(0, 8) + " wants it", "why", "network");
            assertThat(plumbline.calls("apply")).isEqualTo(2);
        }
    }
}
