package dev.plumbline.localgithub;

import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Refusal;
import dev.plumbline.localforge.Reply;
import dev.plumbline.localgithub.Grants.Need;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is said on pull requests, reactions to it, and labels. */
final class CommentRoutes {
    private static final String ISSUES = "/repos/{owner}/{repo}/issues";
    private static final String COMMENT = ISSUES + "/comments/{comment_id}";
    private static final int LONGEST = 65_536;

    private final World world;
    private final Rights rights;
    private final Rendering rendering;
    private final Events events;

    CommentRoutes(World world, Rights rights, Rendering rendering, Events events) {
        this.world = world;
        this.rights = rights;
        this.rendering = rendering;
        this.events = events;
    }

    List<Route> all() {
        Need read = Need.read("issues", "pull_requests");
        Need write = Need.write("issues", "pull_requests");
        return List.of(
                Route.of("GET", ISSUES + "/comments", read, this::all),
                Route.of("GET", ISSUES + "/{issue_number}/comments", read, this::ofOne),
                Route.of("POST", ISSUES + "/{issue_number}/comments", write, this::say),
                Route.of("PATCH", COMMENT, write, this::edit),
                Route.forPeople("DELETE", COMMENT, this::delete),
                Route.forPeople("GET", COMMENT + "/reactions", this::reactions),
                Route.of("POST", COMMENT + "/reactions", write, this::react),
                Route.forPeople("POST", ISSUES + "/{issue_number}/labels", this::label));
    }

    private Reply all(Call call) {
        return list(call, rights.repository(call), Optional.empty());
    }

    private Reply ofOne(Call call) {
        Repository repository = rights.repository(call);
        return list(call, repository, Optional.of(repository.pull(call.number("issue_number"))));
    }

    private Reply list(Call call, Repository repository, Optional<Pull> of) {
        Instant since = Optional.ofNullable(call.query().get("since"))
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
        List<Comment> wanted = repository.comments().stream()
                .filter(comment -> of.isEmpty() || of.get().number() == comment.pull())
                // Its own times are of whole seconds.
                .filter(comment -> !Instant.parse(Json.time(comment.updated())).isBefore(since))
                .toList();
        return Reply.ok(Json.list(wanted, comment -> rendering.comment(repository, comment)));
    }

    private Reply say(Call call) {
        Repository repository = rights.repository(call);
        Pull pull = repository.pull(call.number("issue_number"));
        Comment comment =
                new Comment(world.nextId(), pull.number(), call.caller().account(), body(call), world.now());
        repository.comments().add(comment);
        pull.touched(comment.created());
        events.comment(repository, comment, "created", comment.author());
        return Reply.made(rendering.comment(repository, comment));
    }

    private static String body(Call call) {
        String text = call.text("body");
        if (text.isBlank() || text.length() > LONGEST) {
            throw new Refusal(422, "Validation Failed: body is too long (maximum is " + LONGEST + " characters)");
        }
        return text;
    }

    private Reply edit(Call call) {
        Repository repository = rights.repository(call);
        Comment comment = repository.comment(call.number("comment_id"));
        rights.mayWrite(call, repository, comment.author());
        comment.says(body(call), world.now());
        events.comment(repository, comment, "edited", call.caller().account());
        return Reply.ok(rendering.comment(repository, comment));
    }

    private Reply delete(Call call) {
        Repository repository = rights.repository(call);
        Comment comment = repository.comment(call.number("comment_id"));
        repository.comments().remove(comment);
        events.comment(repository, comment, "deleted", call.caller().account());
        return Reply.nothing();
    }

    private Reply reactions(Call call) {
        Repository repository = rights.repository(call);
        return Reply.ok(Json.list(repository.comment(call.number("comment_id")).reactions(), rendering::reaction));
    }

    private Reply react(Call call) {
        Repository repository = rights.repository(call);
        Comment comment = repository.comment(call.number("comment_id"));
        Account by = call.caller().account();
        String content = call.text("content");
        Optional<Comment.Reaction> before = comment.reactions().stream()
                .filter(reaction ->
                        reaction.by().equals(by) && reaction.content().equals(content))
                .findFirst();
        if (before.isPresent()) {
            return Reply.ok(rendering.reaction(before.get()));
        }
        Comment.Reaction made = new Comment.Reaction(world.nextId(), by, content, world.now());
        comment.reactions().add(made);
        return Reply.made(rendering.reaction(made));
    }

    private Reply label(Call call) {
        Repository repository = rights.repository(call);
        Pull pull = repository.pull(call.number("issue_number"));
        call.body().path("labels").forEach(label -> {
            pull.labels().add(label.asString(""));
            events.labeled(repository, pull, label.asString(""), call.caller().account());
        });
        return Reply.ok(Json.list(pull.labels(), label -> Json.object().put("name", label)));
    }
}
