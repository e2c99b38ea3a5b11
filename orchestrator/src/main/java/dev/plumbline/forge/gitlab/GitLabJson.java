package dev.plumbline.forge.gitlab;

import dev.plumbline.forge.PullComment;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.http.JsonTime;
import dev.plumbline.git.CommitSha;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What GitLab says, in our words. */
final class GitLabJson {
    /** The users that GitLab makes for tokens of projects and groups; no other field tells them from people. */
    private static final Pattern BOT = Pattern.compile("(project|group)_\\d+_bot.*");

    private GitLabJson() {}

    /** Empty for one that is still being prepared, and has no head yet. */
    static Optional<PullRequest> pull(JsonNode pull) {
        return commit(pull.path("sha"))
                .map(sha -> new PullRequest(
                        pull.path("iid").asLong(),
                        pull.path("source_branch").asString(""),
                        // Without a source the fork is gone.
                        pull.path("source_project_id").asLong(-1)
                                != pull.path("target_project_id").asLong(-2),
                        sha,
                        pull.path("target_branch").asString(""),
                        pull.path("title").asString(""),
                        username(pull.path("author")),
                        pull.path("web_url").asString(""),
                        pull.path("draft").asBoolean(false),
                        pull.path("labels")
                                .valueStream()
                                .map(label -> label.asString(""))
                                .toList(),
                        time(pull.path("updated_at"))));
    }

    static Optional<PullDetail> detail(JsonNode pull) {
        String state = pull.path("state").asString("");
        return pull(pull)
                .map(request -> new PullDetail(
                        request,
                        // While it is being merged, it is locked.
                        state.equals("opened") || state.equals("locked"),
                        mergeable(pull.path("detailed_merge_status").asString("")),
                        Stream.of("merge_user", "merged_by")
                                .filter(role -> state.equals("merged"))
                                .map(role -> username(pull.path(role)))
                                .filter(login -> !login.isEmpty())
                                .findFirst(),
                        Optional.of(state).filter("merged"::equals).flatMap(merged -> mergedAs(pull))));
    }

    /**
     * GitLab names the first thing that stands in the way. A pipeline that has not passed is none here: our own statuses are part of
     * it, and wait for what is asked for with this answer.
     */
    private static Optional<Boolean> mergeable(String status) {
        return switch (status) {
            case "mergeable", "ci_must_pass", "ci_still_running" -> Optional.of(true);
            case "", "unchecked", "checking", "preparing", "approvals_syncing" -> Optional.empty();
            default -> Optional.of(false);
        };
    }

    /** The commit that joins both; without one, what all became when squashed; else the head itself was put on the base. */
    private static Optional<CommitSha> mergedAs(JsonNode pull) {
        return Stream.of("merge_commit_sha", "squash_commit_sha", "sha")
                .flatMap(name -> commit(pull.path(name)).stream())
                .findFirst();
    }

    static PullComment comment(long pull, JsonNode note) {
        Instant created = time(note.path("created_at"));
        String author = username(note.path("author"));
        return new PullComment(
                note.path("id").asLong(),
                pull,
                author,
                BOT.matcher(author).matches(),
                // A sign under it makes it look changed, too; GitLab's API doesn't tell the two apart.
                updated(note).isAfter(created),
                note.path("body").asString(""),
                created);
    }

    static PullForge.Written written(JsonNode note) {
        return new PullForge.Written(note.path("id").asLong(), updated(note));
    }

    static Instant updated(JsonNode note) {
        return time(note.path("updated_at"));
    }

    static String username(JsonNode person) {
        return person.path("username").asString("");
    }

    static Optional<CommitSha> commit(JsonNode sha) {
        return Optional.of(sha.asString(""))
                .filter(hex -> hex.matches("[0-9a-f]{40}"))
                .map(CommitSha::new);
    }

    static Instant time(JsonNode text) {
        return JsonTime.of(text);
    }
}
