package dev.plumbline.localgithub;

import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Refusal;
import dev.plumbline.localforge.Reply;
import dev.plumbline.localgithub.Grants.Need;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Who is who, what they may do, and what an App shows its key for. */
final class AccountRoutes {
    private static final String REPOSITORY = "/repos/{owner}/{repo}";

    private final World world;
    private final Rights rights;
    private final Rendering rendering;
    private final Credentials credentials;

    AccountRoutes(World world, Rights rights, Rendering rendering, Credentials credentials) {
        this.world = world;
        this.rights = rights;
        this.rendering = rendering;
        this.credentials = credentials;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", "/user", Need.nothing(), this::self),
                Route.of("GET", REPOSITORY, Need.read("metadata"), this::repository),
                Route.of("GET", REPOSITORY + "/activity", Need.read("contents"), this::activity),
                Route.of("GET", REPOSITORY + "/git/ref/{ref}", Need.read("contents"), this::ref),
                Route.of(
                        "GET",
                        REPOSITORY + "/collaborators/{username}/permission",
                        Need.read("metadata"),
                        this::permission),
                Route.of(
                        "GET",
                        "/orgs/{org}/teams/{team_slug}/memberships/{username}",
                        Need.read("members"),
                        this::membership),
                Route.forKeyHolders("GET", "/app", this::app),
                Route.forKeyHolders("GET", REPOSITORY + "/installation", this::installation),
                Route.forKeyHolders("POST", "/app/installations/{installation_id}/access_tokens", this::accessToken));
    }

    private Reply self(Call call) {
        if (!call.caller().person()) {
            throw new Refusal(403, "Resource not accessible by integration");
        }
        return Reply.ok(rendering.account(call.caller().account()).put("user_view_type", "public"));
    }

    private Reply repository(Call call) {
        Repository repository = rights.repository(call);
        Role role = repository.role(call.caller().account());
        ObjectNode node = rendering.repository(repository);
        if (call.caller().person()) {
            node.putObject("permissions")
                    .put("admin", role.atLeast(Role.ADMIN))
                    .put("push", role.atLeast(Role.WRITE))
                    .put("pull", true);
        }
        return Reply.ok(node);
    }

    private Reply activity(Call call) {
        Repository repository = rights.repository(call);
        String ref = call.query().getOrDefault("ref", "").replaceFirst("^refs/heads/", "");
        List<Movement> wanted = repository.movements().stream()
                .filter(movement -> ref.isEmpty() || ref.equals(movement.branch()))
                .toList();
        return Reply.ok(Json.list(wanted, rendering::movement));
    }

    private Reply ref(Call call) {
        Repository repository = rights.repository(call);
        String ref = "refs/" + call.at("ref");
        String commit = repository.git().commit(ref).orElseThrow(Refusal::notFound);
        return Reply.ok(rendering.ref(repository, ref, commit));
    }

    private Reply permission(Call call) {
        Repository repository = rights.repository(call);
        rights.atLeast(call, repository, Role.WRITE);
        Account account = world.account(call.at("username")).orElseThrow(Refusal::notFound);
        Role role = repository.role(account);
        return Reply.ok(Json.object()
                .put("permission", role.permission())
                .put("role_name", role.word())
                .set("user", rendering.account(account).put("role_name", role.word())));
    }

    private Reply membership(Call call) {
        String team = call.at("org") + "/" + call.at("team_slug");
        if (!world.hasTeam(team) || !world.team(team).contains(call.at("username"))) {
            throw Refusal.notFound();
        }
        return Reply.ok(Json.object().put("role", "member").put("state", "active"));
    }

    private Reply app(Call call) {
        return Reply.ok(rendering.app(call.caller().app().orElseThrow()));
    }

    private Reply installation(Call call) {
        Repository repository = world.repository(call.at("owner") + "/" + call.at("repo"));
        return Reply.ok(rendering.installation(call.caller().app().orElseThrow(), repository));
    }

    private Reply accessToken(Call call) {
        long installation = call.number("installation_id");
        App app = call.caller()
                .app()
                .filter(own -> own.installations().containsValue(installation))
                .orElseThrow(Refusal::notFound);
        String owner = app.installations().entrySet().stream()
                .filter(entry -> entry.getValue() == installation)
                .findFirst()
                .orElseThrow()
                .getKey();
        Credentials.Issued issued = credentials.installation(app, owner);
        return Reply.made(Json.object()
                .put("token", issued.token())
                .put("expires_at", Json.time(issued.ends()))
                .set("permissions", Json.of(app.grants().words())));
    }
}
