package dev.plumbline.localgithub;

import dev.plumbline.localforge.Json;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What follows from something that happens: pull requests move with their branches, and whoever listens is told. */
final class Events {
    private final World world;
    private final Rendering rendering;
    private final Deliveries deliveries;

    Events(World world, Rendering rendering, Deliveries deliveries) {
        this.world = world;
        this.rendering = rendering;
        this.deliveries = deliveries;
    }

    private ObjectNode begun(Repository repository, Account sender) {
        return Json.object()
                .set("repository", rendering.repository(repository))
                .set("sender", rendering.account(sender));
    }

    /** Branches are somewhere else than before. */
    void pushed(Repository repository, Account by, Map<String, String> before) {
        Map<String, String> after = repository.git().heads();
        before.forEach((branch, commit) -> {
            if (!after.containsKey(branch)) {
                moved(repository, by, branch, commit, Movement.NOTHING);
            }
        });
        after.forEach((branch, commit) -> {
            String old = before.getOrDefault(branch, Movement.NOTHING);
            if (!old.equals(commit)) {
                moved(repository, by, branch, old, commit);
            }
        });
    }

    void moved(Repository repository, Account by, String branch, String before, String after) {
        boolean made = before.equals(Movement.NOTHING);
        boolean gone = after.equals(Movement.NOTHING);
        boolean forced = !made && !gone && !repository.git().contains(after, before);
        String kind = made ? "branch_creation" : gone ? "branch_deletion" : forced ? "force_push" : "push";
        repository.movements().add(0, new Movement(world.nextId(), by, branch, before, after, kind, world.now()));
        ObjectNode body = begun(repository, by)
                .put("ref", "refs/heads/" + branch)
                .put("before", before)
                .put("after", after)
                .put("created", made)
                .put("deleted", gone)
                .put("forced", forced);
        // Only here it is a number.
        ((ObjectNode) body.path("repository")).put("pushed_at", world.now().getEpochSecond());
        body.putObject("pusher").put("name", by.login()).put("email", by.email());
        deliveries.send(repository, "push", body);
        world.openFrom(repository, branch).forEach(open -> follow(open.getKey(), open.getValue(), by, before, after));
    }

    private void follow(Repository repository, Pull pull, Account by, String before, String after) {
        if (after.equals(Movement.NOTHING)) {
            pull.closed(true, world.now());
            pull(repository, pull, "closed", by);
            return;
        }
        pull.moved(after, world.now());
        keep(repository, pull);
        ObjectNode body = aboutPull(repository, pull, "synchronize", by)
                .put("before", before)
                .put("after", after);
        deliveries.send(repository, "pull_request", body);
    }

    /** Lets everybody fetch it as {@code refs/pull/N/head}. */
    void keep(Repository repository, Pull pull) {
        String ref = "refs/pull/" + pull.number() + "/head";
        if (pull.from().id() == repository.id()) {
            repository.git().set(ref, pull.head());
        } else {
            repository.git().fetch(pull.from().git(), pull.branch(), ref);
        }
    }

    private ObjectNode aboutPull(Repository repository, Pull pull, String action, Account by) {
        return begun(repository, by)
                .put("action", action)
                .put("number", pull.number())
                .set("pull_request", rendering.wholePull(repository, pull));
    }

    void pull(Repository repository, Pull pull, String action, Account by) {
        deliveries.send(repository, "pull_request", aboutPull(repository, pull, action, by));
    }

    void labeled(Repository repository, Pull pull, String label, Account by) {
        ObjectNode body = aboutPull(repository, pull, "labeled", by);
        body.putObject("label").put("name", label);
        deliveries.send(repository, "pull_request", body);
    }

    void comment(Repository repository, Comment comment, String action, Account by) {
        ObjectNode body = begun(repository, by)
                .put("action", action)
                .set("issue", rendering.issue(repository, repository.pull(comment.pull())))
                .set("comment", rendering.comment(repository, comment));
        if (action.equals("edited")) {
            body.putObject("changes");
        }
        deliveries.send(repository, "issue_comment", body);
    }

    void review(Repository repository, Pull pull, Pull.Review review) {
        ObjectNode body = begun(repository, review.by())
                .put("action", "submitted")
                .set("pull_request", rendering.pull(repository, pull))
                .set(
                        "review",
                        rendering.review(review).put("state", review.state().toLowerCase(java.util.Locale.ROOT)));
        deliveries.send(repository, "pull_request_review", body);
    }

    /**
     * Something became of an entry of a merge queue.
     *
     * @param parent the commit that it comes on top of
     */
    void group(
            Repository repository,
            String action,
            Optional<String> reason,
            String branch,
            String commit,
            String base,
            String parent) {
        ObjectNode body = begun(repository, world.account("github-merge-queue[bot]", Account.Kind.BOT))
                .put("action", action);
        reason.ifPresent(why -> body.put("reason", why));
        body.putObject("merge_group")
                .put("head_sha", commit)
                .put("head_ref", "refs/heads/" + branch)
                .put("base_sha", parent)
                .put("base_ref", "refs/heads/" + base);
        deliveries.send(repository, "merge_group", body);
    }

    void ping(Repository repository, Hook hook, Account by) {
        ObjectNode body = begun(repository, by).put("zen", "Straight down.").put("hook_id", hook.id());
        deliveries.sendTo(hook, "ping", body);
    }
}
