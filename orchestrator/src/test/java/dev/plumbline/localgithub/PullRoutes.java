package dev.plumbline.localgithub;

import dev.plumbline.localforge.BareRepository;
import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Refusal;
import dev.plumbline.localforge.Reply;
import dev.plumbline.localgithub.Grants.Need;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Pull requests, their commits and reviews, and their merging. */
final class PullRoutes {
    private static final String PULLS = "/repos/{owner}/{repo}/pulls";
    private static final String PULL = PULLS + "/{pull_number}";

    private final World world;
    private final Rights rights;
    private final Rendering rendering;
    private final Events events;

    PullRoutes(World world, Rights rights, Rendering rendering, Events events) {
        this.world = world;
        this.rights = rights;
        this.rendering = rendering;
        this.events = events;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", PULLS, Need.read("pull_requests"), this::list),
                Route.of("POST", PULLS, Need.write("pull_requests"), this::open),
                Route.of("GET", PULL, Need.read("pull_requests"), this::one),
                Route.forPeople("PATCH", PULL, this::change),
                Route.of("GET", PULL + "/commits", Need.read("pull_requests"), this::commits),
                Route.of("GET", PULL + "/reviews", Need.read("pull_requests"), this::reviews),
                Route.forPeople("POST", PULL + "/reviews", this::review),
                Route.of("PUT", PULL + "/merge", Need.write("contents"), this::merge));
    }

    private Reply list(Call call) {
        Repository repository = rights.repository(call);
        String state = call.query().getOrDefault("state", "open");
        boolean byUpdate = call.query().getOrDefault("sort", "created").equals("updated");
        Comparator<Pull> order =
                Comparator.comparing(byUpdate ? Pull::updated : Pull::created).thenComparing(Pull::number);
        // Only without an order it begins with the newest.
        boolean newestFirst = call.query()
                .getOrDefault("direction", call.query().containsKey("sort") ? "asc" : "desc")
                .equals("desc");
        List<Pull> pulls = repository.pulls().stream()
                .filter(pull -> state.equals("all") || pull.open() == state.equals("open"))
                .sorted(newestFirst ? order.reversed() : order)
                .toList();
        return Reply.ok(Json.list(pulls, pull -> rendering.pull(repository, pull)));
    }

    private Reply one(Call call) {
        Repository repository = rights.repository(call);
        return Reply.ok(rendering.wholePull(repository, repository.pull(call.number("pull_number"))));
    }

    private Reply open(Call call) {
        Repository repository = rights.repository(call);
        String[] head = call.text("head").split(":", 2);
        String branch = head[head.length - 1];
        Repository from = head.length == 1 ? repository : fork(repository, head[0]);
        String commit = from.git().commit("refs/heads/" + branch).orElseThrow(() -> invalid("head"));
        String base = repository.git().commit("refs/heads/" + call.text("base")).orElseThrow(() -> invalid("base"));
        if (base.equals(commit)) {
            throw new Refusal(422, "No commits between " + call.text("base") + " and " + branch);
        }
        boolean another = world.openFrom(from, branch).stream()
                .filter(open -> open.getKey().id() == repository.id())
                .anyMatch(open -> open.getValue().base().equals(call.text("base")));
        if (another) {
            throw new Refusal(
                    422, "A pull request already exists for " + from.owner().login() + ":" + branch + ".");
        }
        Pull pull = new Pull(
                repository.pulls().size() + 1L,
                call.caller().account(),
                from,
                branch,
                call.text("base"),
                commit,
                world.now());
        pull.says(
                call.text("title"), call.text("body"), call.body().path("draft").asBoolean(false), world.now());
        repository.pulls().add(pull);
        events.keep(repository, pull);
        events.pull(repository, pull, "opened", call.caller().account());
        return Reply.made(rendering.wholePull(repository, pull));
    }

    private Repository fork(Repository repository, String owner) {
        return world.repositories().stream()
                .filter(each -> each.owner().login().equalsIgnoreCase(owner))
                .filter(each -> each.id() == repository.id()
                        || each.parent()
                                .filter(parent -> parent.id() == repository.id())
                                .isPresent())
                .findFirst()
                .orElseThrow(() -> invalid("head"));
    }

    private static Refusal invalid(String field) {
        return new Refusal(422, "Validation Failed: PullRequest " + field + " invalid");
    }

    private Reply change(Call call) {
        Repository repository = rights.repository(call);
        Pull pull = repository.pull(call.number("pull_number"));
        String title = call.body().path("title").asString(pull.title());
        pull.says(title, call.body().path("body").asString(pull.body()), pull.draft(), world.now());
        String state = call.text("state");
        if (!state.isEmpty() && state.equals("open") != pull.open()) {
            pull.closed(state.equals("closed"), world.now());
            events.pull(
                    repository,
                    pull,
                    pull.open() ? "reopened" : "closed",
                    call.caller().account());
        }
        return Reply.ok(rendering.wholePull(repository, pull));
    }

    private Reply commits(Call call) {
        Repository repository = rights.repository(call);
        Pull pull = repository.pull(call.number("pull_number"));
        List<String> commits = repository.git().between("refs/heads/" + pull.base(), pull.head());
        return Reply.ok(Json.list(commits, commit -> rendering.commit(repository, commit)));
    }

    private Reply reviews(Call call) {
        Repository repository = rights.repository(call);
        return Reply.ok(Json.list(repository.pull(call.number("pull_number")).reviews(), rendering::review));
    }

    private Reply review(Call call) {
        Repository repository = rights.repository(call);
        Pull pull = repository.pull(call.number("pull_number"));
        Account by = call.caller().account();
        String state = switch (call.text("event")) {
            case "APPROVE" -> "APPROVED";
            case "REQUEST_CHANGES" -> "CHANGES_REQUESTED";
            default -> "COMMENTED";
        };
        Pull.Review review = new Pull.Review(world.nextId(), by, state, call.text("body"), pull.head(), world.now());
        pull.reviews().add(review);
        pull.touched(review.at());
        events.review(repository, pull, review);
        return Reply.ok(rendering.review(review));
    }

    private Reply merge(Call call) {
        Repository repository = rights.repository(call);
        rights.atLeast(call, repository, Role.WRITE);
        Pull pull = repository.pull(call.number("pull_number"));
        if (!call.text("sha").isEmpty() && !call.text("sha").equals(pull.head())) {
            throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
        }
        String base = repository.git().commit("refs/heads/" + pull.base()).orElseThrow();
        Optional<String> tree = repository.git().merged(base, pull.head());
        if (!pull.open() || pull.draft() || tree.isEmpty()) {
            throw new Refusal(405, "Pull Request is not mergeable");
        }
        if (rendering.behind(repository, pull)) {
            throw new Refusal(405, "Head branch is out of date. Review and try the merge again.");
        }
        requireStatuses(repository, pull);
        Map<String, String> before = repository.git().heads();
        Account by = call.caller().account();
        String commit =
                commit(repository, pull, call.body().path("merge_method").asString("merge"), base, tree.get());
        repository.git().set("refs/heads/" + pull.base(), commit);
        pull.merged(new Pull.Merge(commit, by, world.now()));
        events.pushed(repository, by, before);
        events.pull(repository, pull, "closed", by);
        ObjectNode answer = Json.object().put("merged", true).put("sha", commit);
        return Reply.ok(answer.put("message", "Pull Request successfully merged"));
    }

    private static String commit(Repository repository, Pull pull, String method, String base, String tree) {
        BareRepository git = repository.git();
        return switch (method) {
            case "squash" -> git.commit(tree, pull.title() + " (#" + pull.number() + ")", base);
            case "rebase" -> {
                String tip = base;
                for (String commit : git.between(base, pull.head())) {
                    tip = git.replayed(commit, tip);
                }
                yield tip;
            }
            default ->
                git.commit(
                        tree,
                        "Merge pull request #" + pull.number() + " from " + pull.branch() + "\n\n" + pull.title(),
                        base,
                        pull.head());
        };
    }

    private static void requireStatuses(Repository repository, Pull pull) {
        for (String context : repository.requiredStatuses()) {
            boolean fine = repository.statuses().stream()
                    .filter(status -> status.commit().equals(pull.head())
                            && status.context().equals(context))
                    .reduce((older, newer) -> newer)
                    .filter(status -> status.state().equals("success"))
                    .isPresent();
            if (!fine) {
                throw new Refusal(405, "Required status check \"" + context + "\" is expected.");
            }
        }
    }
}
