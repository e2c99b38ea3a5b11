package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Reply;
import java.util.List;
import java.util.Locale;
import org.gitlab4j.api.models.Event;
import org.gitlab4j.api.models.Group;
import org.gitlab4j.api.models.Member;
import org.gitlab4j.api.models.User;

/** Who is who, and what they are in projects and groups. */
final class AccountRoutes {
    private final World world;
    private final Rights rights;
    private final Rendering rendering;

    AccountRoutes(World world, Rights rights, Rendering rendering) {
        this.world = world;
        this.rights = rights;
        this.rendering = rendering;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", "/user", "", User.class, this::self),
                Route.of("GET", "/users", "username,search,page,per_page", User.class, this::users),
                Route.of("GET", "/projects/:id", "", org.gitlab4j.api.models.Project.class, this::project),
                Route.of("GET", "/projects/:id/members/all", "query,page,per_page", Member.class, this::members),
                Route.of("GET", "/projects/:id/members/all/:user_id", "", Member.class, this::member),
                Route.of(
                        "GET",
                        "/projects/:id/events",
                        "action,after,before,sort,page,per_page",
                        Event.class,
                        this::events),
                Route.of("GET", "/groups/:id", "", Group.class, this::group),
                Route.of("GET", "/groups/:id/members/all/:user_id", "", Member.class, this::groupMember));
    }

    private Reply self(Call call) {
        return Reply.ok(rendering.self(call.caller()));
    }

    /** Addresses that are not public lead to nobody. */
    private Reply users(Call call) {
        String username = call.query().getOrDefault("username", "");
        String search = call.query().getOrDefault("search", "").toLowerCase(Locale.ROOT);
        List<Account> found = world.accounts().stream()
                .filter(account -> username.isEmpty() || account.username().equalsIgnoreCase(username))
                .filter(account -> search.isEmpty() || fits(account, search))
                .toList();
        return Reply.ok(Json.list(found, rendering::account));
    }

    private static boolean fits(Account account, String search) {
        return account.username().toLowerCase(Locale.ROOT).contains(search)
                || account.name().toLowerCase(Locale.ROOT).contains(search)
                || account.publicEmail().equals(search);
    }

    private Reply project(Call call) {
        return Reply.ok(rendering.project(rights.project(call), call.caller()));
    }

    private Reply members(Call call) {
        Project project = rights.project(call);
        String query = call.query().getOrDefault("query", "").toLowerCase(Locale.ROOT);
        List<Account> found = world.accounts().stream()
                .filter(account -> rights.is(account, project, Level.GUEST))
                .filter(account -> query.isEmpty() || fits(account, query))
                .toList();
        return Reply.ok(Json.list(found, account -> rendering.member(account, world.level(project, account))));
    }

    private Reply member(Call call) {
        Project project = rights.project(call);
        return member(call, world.level(project, world.account(call.number("user_id"))));
    }

    private Reply member(Call call, Level level) {
        if (level == Level.NONE) {
            throw Refusals.notFound();
        }
        return Reply.ok(rendering.member(world.account(call.number("user_id")), level));
    }

    private Reply events(Call call) {
        Project project = rights.project(call);
        String after = call.query().getOrDefault("after", "");
        List<Movement> wanted = project.movements().stream()
                .filter(movement -> after.isEmpty()
                        || Rendering.time(movement.at()).substring(0, 10).compareTo(after) > 0)
                .toList();
        return Reply.ok(Json.list(wanted, movement -> rendering.event(project, movement)));
    }

    private String known(Call call) {
        if (!world.hasGroup(call.at("id"))) {
            throw Refusals.notFound("Group");
        }
        return call.at("id");
    }

    private Reply group(Call call) {
        return Reply.ok(rendering.group(known(call)));
    }

    private Reply groupMember(Call call) {
        return member(call, world.level(known(call), world.account(call.number("user_id"))));
    }
}
