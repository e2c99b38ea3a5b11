package dev.plumbline.forge.github;

import dev.plumbline.forge.PullComment;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Review;
import dev.plumbline.forge.http.JsonTime;
import dev.plumbline.git.CommitSha;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What GitHub says, in our words. */
final class GitHubJson {
    private GitHubJson() {}

    static Optional<PullRequest> pull(JsonNode pull) {
        JsonNode head = pull.path("head");
        JsonNode base = pull.path("base");
        return commit(head.path("sha"))
                .map(sha -> new PullRequest(
                        pull.path("number").asLong(),
                        head.path("ref").asString(""),
                        // A fork that was deleted is no repository any more.
                        head.path("repo").path("id").asLong(-1)
                                != base.path("repo").path("id").asLong(-2),
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

    static Optional<PullDetail> detail(JsonNode pull) {
        JsonNode mergeable = pull.path("mergeable");
        return pull(pull)
                .map(request -> new PullDetail(
                        request,
                        pull.path("state").asString("").equals("open"),
                        mergeable.isBoolean()
                                // It fits, but the branch's protection lets nothing in that lacks what the base has.
                                ? Optional.of(mergeable.booleanValue()
                                        && !pull.path("mergeable_state")
                                                .asString("")
                                                .equals("behind"))
                                : Optional.empty(),
                        Optional.of(login(pull.path("merged_by"))).filter(login -> !login.isEmpty()),
                        // Before it is merged, this is a commit that only tries it. Lists say when it was, and not
                        // whether.
                        commit(pull.path("merge_commit_sha"))
                                .filter(merged ->
                                        !pull.path("merged_at").asString("").isEmpty())));
    }

    /** Empty for one on an issue. */
    static Optional<PullComment> comment(JsonNode comment) {
        String issue = comment.path("issue_url").asString("");
        String number = issue.substring(issue.lastIndexOf('/') + 1);
        if (!number.matches("\\d{1,18}")
                || !comment.path("html_url").asString("").contains("/pull/")) {
            return Optional.empty();
        }
        Instant created = time(comment.path("created_at"));
        return Optional.of(new PullComment(
                comment.path("id").asLong(),
                Long.parseLong(number),
                login(comment.path("user")),
                comment.path("user").path("type").asString("").equals("Bot"),
                time(comment.path("updated_at")).isAfter(created),
                comment.path("body").asString(""),
                created));
    }

    static PullForge.Written written(JsonNode comment) {
        return new PullForge.Written(comment.path("id").asLong(), time(comment.path("updated_at")));
    }

    /** Empty for what is no judgement: a remark, or one that is still being written. */
    static Optional<Review> review(JsonNode review) {
        Optional<Review.State> state = switch (review.path("state").asString("")) {
            case "APPROVED" -> Optional.of(Review.State.APPROVED);
            case "CHANGES_REQUESTED" -> Optional.of(Review.State.REFUSED);
            case "DISMISSED" -> Optional.of(Review.State.WITHDRAWN);
            default -> Optional.empty();
        };
        return state.map(judged -> new Review(
                login(review.path("user")),
                judged,
                commit(review.path("commit_id")),
                time(review.path("submitted_at"))));
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
