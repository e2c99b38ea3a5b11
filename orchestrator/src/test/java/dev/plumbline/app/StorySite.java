package dev.plumbline.app;

import dev.plumbline.forge.ForgeGround;
import dev.plumbline.git.GitClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** The repository of a forge's ground, a checkout of it, and a server that watches it. */
final class StorySite implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OURS = "<!-- plumbline change";

    private final ForgeGround ground;
    private final Repo repo;
    private final ServerFixture plumbline;

    /** @param poll how often the forge is asked */
    StorySite(ForgeGround ground, Path folder, String poll) {
        this(ground, folder, poll, entry -> entry);
    }

    /** @param changed what becomes of the forge's entry in server.yaml */
    StorySite(ForgeGround ground, Path folder, String poll, UnaryOperator<String> changed) {
        this.ground = ground;
        this.repo = new Repo(
                GitClient.init(folder.resolve("checkout")), () -> ground.remote("ada", ForgeGround.REPOSITORY));
        String entry = changed.apply(ground.entry())
                .replaceFirst(" }$", ", webhook_secret: " + ground.secret() + ", poll: " + poll + " }");
        this.plumbline = ServerFixture.started(
                folder, "forges:\n  - " + entry + "\nrepositories: [{ forge: work, name: team/infra }]\n");
    }

    ForgeGround ground() {
        return ground;
    }

    Repo repo() {
        return repo;
    }

    ServerFixture plumbline() {
        return plumbline;
    }

    /** The forge says from now on what happens, instead of being asked. */
    StorySite told() {
        ground.tells(plumbline.server().url() + "/webhooks/work");
        return this;
    }

    /** Main's first commit, with one stack, is applied. */
    StorySite applied() {
        repo.stack("stacks/network", "10.0").commit("First").push("main");
        plumbline.looksAgain().awaits("stacks/network", "awaiting-approval").does("approve", "network");
        plumbline.awaits("stacks/network", "applied");
        return this;
    }

    /** A pull request of ada's from a branch that gives the stack another value. */
    long opened(String branch, String value) {
        repo.checkout("main")
                .branch(branch)
                .stack("stacks/network", value)
                .commit("Network " + value)
                .push(branch);
        return ground.opens("ada", branch, "Network " + value, false);
    }

    /** Our one comment on a pull request; empty while there is none. */
    String comment(long pull) {
        return ground.texts(pull).stream()
                .filter(text -> text.startsWith(OURS))
                .findFirst()
                .orElse("");
    }

    /** Nobody reads a comment within the second in which it changed, and forges' times are of whole seconds. */
    StorySite read() {
        Instant now = Instant.now();
        Awaitility.await("a later second")
                .atMost(PATIENCE)
                .until(() -> Instant.now().isAfter(now.plusSeconds(1)));
        return this;
    }

    List<String> comments(long pull) {
        return ground.texts(pull);
    }

    void awaitsComment(long pull, String text) {
        Awaitility.await("the comment on " + pull + " says " + text)
                .atMost(PATIENCE)
                .until(() -> comment(pull), comment -> comment.contains(text));
    }

    /** Waits for a comment, of whatever place, that says something. */
    String awaitsAnswer(long pull, String text) {
        return Awaitility.await("an answer on " + pull + " says " + text)
                .atMost(PATIENCE)
                .until(
                        () -> comments(pull).stream()
                                .filter(comment -> comment.contains(text))
                                .findFirst()
                                .orElse(""),
                        answer -> !answer.isEmpty());
    }

    void awaitsStatus(String commit, String context, String state) {
        Awaitility.await(context + " of " + commit + " is " + state)
                .atMost(PATIENCE)
                .until(() -> state.equals(ground.statuses(commit).get(context)));
    }

    void awaitsReaction(long comment, String content) {
        Awaitility.await("reaction " + content)
                .atMost(PATIENCE)
                .until(() -> ground.reactions(comment), signs -> signs.contains(content));
    }

    /** What main is at on the forge. */
    String main() {
        return repo.fetched("main");
    }

    @Override
    public void close() {
        plumbline.close();
    }
}
