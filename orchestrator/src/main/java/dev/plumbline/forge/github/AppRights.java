package dev.plumbline.forge.github;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.inspect.Finding;
import dev.plumbline.forge.inspect.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Whether an App is installed where a repository is, with the permissions that Plumbline needs; GitHub lists them. */
final class AppRights {
    private static final String APP = "app";
    private static final String INSTALLATION = "installation";
    private static final List<Need> NEEDS = List.of(
            new Need("fetching", "contents", "Contents", false, true, "nothing can be fetched"),
            new Need("pull requests", "pull_requests", "Pull requests", true, true, "plans can't be told on them"),
            new Need("statuses", "statuses", "Commit statuses", true, true, "commits get no statuses"),
            new Need(
                    "merging",
                    "contents",
                    "Contents",
                    true,
                    false,
                    "'apply: before_merge' and 'plumbline revert' can't be used"),
            new Need("diagnostics", "checks", "Checks", true, false, "errors in the code don't stand at their lines"),
            new Need(
                    "deployments",
                    "deployments",
                    "Deployments",
                    true,
                    false,
                    "applies don't stand on the repository's page of environments"));
    private static final Need TEAMS = new Need(
            "teams",
            "members",
            "Organization permissions: Members",
            false,
            false,
            "rules and CODEOWNERS that name teams can't be judged");

    private final AppAccess access;
    private final Remote remote;

    /**
     * One permission.
     *
     * @param name in the API
     * @param shown on the App's page
     * @param writes whether reading is not enough
     * @param must whether Plumbline is of no use without
     */
    private record Need(String about, String name, String shown, boolean writes, boolean must, String stops) {
        boolean met(JsonNode permissions) {
            String level = permissions.path(name).asString("none");
            return level.equals("write") || level.equals("admin") || !writes && level.equals("read");
        }

        String level() {
            return shown + ": " + (writes ? "read and write" : "read");
        }
    }

    AppRights(AppAccess access, Remote remote) {
        this.access = access;
        this.remote = remote;
    }

    Inspection.Rights all() {
        Answer<JsonNode> app = access.app().get("/app");
        if (!(app instanceof Answer.Given<JsonNode> own)) {
            return Inspection.Rights.unknown(APP, app.failure().orElseThrow());
        }
        String slug = own.value().path("slug").asString("");
        Answer<Optional<JsonNode>> installed = access.app().find(GitHubForge.at(remote) + "/installation");
        if (!(installed instanceof Answer.Given<Optional<JsonNode>> answer)) {
            return unseen(Finding.missing(INSTALLATION, installed.failure().orElseThrow()));
        }
        if (answer.value().isEmpty()) {
            return unseen(
                    Finding.missing(
                            INSTALLATION,
                            "the App " + slug + " is not installed on " + remote.path()
                                    + ", or there is no such repository",
                            "on the App's page: Install App, on the account that owns the repository, and let it see that one"));
        }
        JsonNode installation = answer.value().get();
        if (installation.path("suspended_at").isString()) {
            return unseen(Finding.missing(
                    INSTALLATION,
                    "it is suspended: GitHub gives out no tokens for it",
                    "the account's owner takes that back in Settings → GitHub Apps → Configure"));
        }
        Answer<JsonNode> repository = access.api(remote).get(GitHubForge.at(remote));
        if (!(repository instanceof Answer.Given<JsonNode> seen)) {
            return unseen(
                    Finding.unseen("repository", remote, repository.failure().orElseThrow()));
        }
        List<Finding> all = new ArrayList<>();
        all.add(Finding.ok(APP, "it is " + slug));
        all.add(TokenRights.repository(remote, seen.value()));
        needs(installation).forEach(need -> all.add(judged(need, own.value(), installation)));
        all.add(events(own.value()));
        return new Inspection.Rights(all, true);
    }

    private static Inspection.Rights unseen(Finding finding) {
        return new Inspection.Rights(List.of(finding), false);
    }

    private static List<Need> needs(JsonNode installation) {
        List<Need> needs = new ArrayList<>(NEEDS);
        if (installation.path("target_type").asString("").equals("Organization")) {
            needs.add(TEAMS);
        }
        return needs;
    }

    private static Finding judged(Need need, JsonNode app, JsonNode installation) {
        if (need.met(installation.path("permissions"))) {
            return Finding.ok(need.about(), need.level());
        }
        String found = "the App lacks the permission " + need.level() + ": " + need.stops();
        String mend = need.met(app.path("permissions"))
                ? "the App asks for it: the account's owner accepts that in Settings → GitHub Apps → Configure"
                : "grant it on the App's page under Permissions & events; the account's owner then accepts it in Settings"
                        + " → GitHub Apps → Configure";
        return need.must() ? Finding.missing(need.about(), found, mend) : Finding.warning(need.about(), found, mend);
    }

    private static Finding events(JsonNode app) {
        Set<String> missing = new TreeSet<>(RepositoryHooks.EVENTS);
        app.path("events").forEach(event -> missing.remove(event.asString("")));
        return missing.isEmpty()
                ? Finding.ok("events", "the App is told all that is of interest")
                : Finding.warning(
                        "events",
                        "the App is not told of " + String.join(", ", missing)
                                + ": that is found when GitHub is polled",
                        "on the App's page: Permissions & events → Subscribe to events");
    }
}
