package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

/** What everybody wants of a repository that lives elsewhere, whatever the way to it: pushed there, done here, told there. */
final class RemoteStory {
    private RemoteStory() {}

    /** From the first push to a change that is applied; the repository is {@code infra} on the server. */
    static void lived(ServerFixture plumbline, RemoteSite site) {
        Repo repo = site.checkout("ada").run("checkout", "-q", "-b", "main").stack("stacks/network", "10.0");
        repo.commit("First").push("main");
        plumbline.looksAgain().awaits("stacks/network", "awaiting-approval").cli("approve", "network");
        plumbline.awaits("stacks/network", "applied");

        repo.branch("feature")
                .stack("stacks/network", "10.1")
                .commit("Move the network")
                .push("feature");
        plumbline.looksAgain().awaitsChange(1, "planned");
        site.awaitsNote(repo.head(), "\"10.0\" -> \"10.1\"");

        repo.checkout("main").run("merge", "-q", "--ff-only", "feature").push("main");
        plumbline.looksAgain();
        site.awaitsNote(repo.head(), "stacks/network  applied: by r");
        assertThat(plumbline.calls("apply")).isEqualTo(2);
    }
}
