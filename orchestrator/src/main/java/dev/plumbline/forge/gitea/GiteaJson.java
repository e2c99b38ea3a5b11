package dev.plumbline.forge.gitea;

import dev.plumbline.forge.PullComment;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.http.JsonTime;
import dev.plumbline.git.CommitSha;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What Gitea says, in our words. */
final class GiteaJson {
    private GiteaJson() {}

    /** Empty for one whose branch, or the fork that it was in, is gone: there is nothing to plan. */
    static Optional<PullRequest> pull(JsonNode pull) {
        JsonNode head = pull.path("head");
        JsonNode base = pull.path("base");
        return commit(head.path("sha"))
                .map(sha -> new PullRequest(
                        pull.path("number").asLong(),
                        head.path("ref").asString(""),
                        head.path("repo_id").asLong(-1) != base.path("repo_id").asLong(-2),
                        sha,
                        base.path("ref").asString(""),
                        pull.path("title").asString(""),
                        login(pull.path("user")),
                        pull.path("html_url").asString(""),
                        pull.path("draft").asBoolean(false),
                        pull.path("labels")
                                .valueStream()
                                .map(label -> label.path("name").asString(""))
                                .toList(),
                        time(pull.path("updated_at"))));
    }

    /** While it is checked whether it can be merged, Gitea says that it can't: what it says then is not known. */
    static Optional<PullDetail> detail(JsonNode pull) {
        return pull(pull)
                .map(request -> new PullDetail(
                        request,
                        pull.path("state").asString("").equals("open"),
                        Optional.of(true).filter(yes -> pull.path("mergeable").asBoolean(false)),
                        Optional.of(login(pull.path("merged_by"))).filter(login -> !login.isEmpty()),
                        commit(pull.path("merge_commit_sha"))
                                .filter(merged -> pull.path("merged").asBoolean(false))));
    }

    /** Empty for one on an issue. */
    static Optional<PullComment> comment(JsonNode comment) {
        String pull = comment.path("pull_request_url").asString("");
        String number = pull.substring(pull.lastIndexOf('/') + 1);
        if (!number.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        Instant created = time(comment.path("created_at"));
        return Optional.of(new PullComment(
                comment.path("id").asLong(),
                Long.parseLong(number),
                login(comment.path("user")),
                // Gitea's API doesn't tell programs from people.
                false,
                time(comment.path("updated_at")).isAfter(created),
                comment.path("body").asString(""),
                created));
    }

    static PullForge.Written written(JsonNode comment) {
        return new PullForge.Written(comment.path("id").asLong(), time(comment.path("updated_at")));
    }

    static String login(JsonNode person) {
        return person.path("login").asString("");
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
