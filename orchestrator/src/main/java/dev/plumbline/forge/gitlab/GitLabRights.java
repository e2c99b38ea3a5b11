package dev.plumbline.forge.gitlab;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.forge.inspect.Finding;
import dev.plumbline.forge.inspect.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether a token may do in a project what Plumbline does there: by the role of its user, and by its scopes, which GitLab looks at
 * before anything else. So what would be written is tried on a merge request of number 0, which there never is.
 */
final class GitLabRights {
    private static final int MAINTAINER = 40;
    private static final int DEVELOPER = 30;

    private final ForgeApi api;
    private final Remote remote;
    private final String at;

    GitLabRights(ForgeApi api, Remote remote) {
        this.api = api;
        this.remote = remote;
        this.at = GitLabForge.at(remote);
    }

    Inspection.Rights all() {
        Answer<JsonNode> self = api.get("/user");
        if (!(self instanceof Answer.Given<JsonNode> user)) {
            return Inspection.Rights.unknown("token", self.failure().orElseThrow());
        }
        List<Finding> all = new ArrayList<>();
        all.add(Finding.ok("token", "it is that of " + GitLabJson.username(user.value())));
        Answer<JsonNode> project = api.get(at);
        if (!(project instanceof Answer.Given<JsonNode> seen)) {
            all.add(Finding.unseen("project", remote, project.failure().orElseThrow()));
            return new Inspection.Rights(all, false);
        }
        all.add(project(seen.value()));
        all.add(mergeRequests(seen.value()));
        all.add(comments());
        Answer<Optional<JsonNode>> member =
                api.find(at + "/members/all/" + user.value().path("id").asLong());
        if (!(member instanceof Answer.Given<Optional<JsonNode>> own)) {
            all.add(Finding.missing("others' permissions", member.failure().orElseThrow()));
            return new Inspection.Rights(all, true);
        }
        all.add(Finding.ok("others' permissions", "they can be read"));
        int level =
                own.value().map(found -> found.path("access_level").asInt(0)).orElse(0);
        all.add(statuses(level));
        all.add(merging(level));
        return new Inspection.Rights(all, true);
    }

    private Finding project(JsonNode project) {
        return project.path("archived").asBoolean(false)
                ? Finding.missing(
                        "project",
                        remote.path() + " is archived: nobody can write there",
                        "take it back in Settings → General → Advanced, or take it out of server.yaml")
                : Finding.ok("project", remote.path() + " can be read");
    }

    private Finding mergeRequests(JsonNode project) {
        boolean off = project.path("merge_requests_access_level").asString("").equals("disabled")
                || !project.path("merge_requests_enabled").asBoolean(true);
        return off
                ? Finding.missing(
                        "merge requests",
                        "the project has none",
                        "switch them on in Settings → General → Visibility, project features, permissions")
                : api.get(at + "/merge_requests?per_page=1")
                        .failure()
                        .map(refused -> Finding.missing("merge requests", refused))
                        .orElseGet(() -> Finding.ok("merge requests", "they can be listed"));
    }

    private Finding comments() {
        // That there is no such merge request is the answer of a forge that would have let us.
        return api.put(at + "/merge_requests/0/notes/0", Map.of("body", "-"))
                .failure()
                .filter(trouble -> trouble.kind() != Trouble.Kind.GONE && trouble.kind() != Trouble.Kind.REFUSED)
                .map(trouble -> trouble.kind() == Trouble.Kind.CREDENTIALS
                        ? Finding.missing(
                                "comments",
                                "the token lacks the scope api: plans can't be told on merge requests, nor statuses set",
                                "scopes of a token can't be changed: make another one in Settings → Access tokens, with"
                                        + " api, and give that in server.yaml")
                        : Finding.missing("comments", trouble))
                .orElseGet(() -> Finding.ok("comments", "it may write them"));
    }

    private static Finding statuses(int level) {
        return level >= DEVELOPER
                ? Finding.ok("statuses", "it may set them")
                : Finding.missing(
                        "statuses",
                        "the token's user is less than a Developer in the project: commits get no statuses",
                        "make another token of the role Maintainer in Settings → Access tokens");
    }

    /** Main is protected there unless somebody changes that. */
    private static Finding merging(int level) {
        return level >= MAINTAINER
                ? Finding.ok("merging", "it may merge into protected branches")
                : Finding.warning(
                        "merging",
                        "the token's user is no Maintainer: where the branch is protected for them, it gets no status after"
                                + " the merge, and 'apply: before_merge' can't be used",
                        "make another token of the role Maintainer in Settings → Access tokens, or let Developers merge in"
                                + " Settings → Repository → Protected branches");
    }
}
