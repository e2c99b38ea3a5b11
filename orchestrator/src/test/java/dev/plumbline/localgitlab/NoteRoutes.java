package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Reply;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gitlab4j.api.models.AwardEmoji;

/** What is said on merge requests, and the signs under it. */
final class NoteRoutes {
    private static final String NOTES = "/projects/:id/merge_requests/:iid/notes";
    private static final String NOTE = NOTES + "/:note_id";
    private static final Class<?> MODEL = org.gitlab4j.api.models.Note.class;
    private static final int LONGEST = 1_000_000;

    private final World world;
    private final Rights rights;
    private final Rendering rendering;
    private final Events events;

    NoteRoutes(World world, Rights rights, Rendering rendering, Events events) {
        this.world = world;
        this.rights = rights;
        this.rendering = rendering;
        this.events = events;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", NOTES, "sort,order_by,activity_filter,page,per_page", MODEL, this::list),
                Route.of("POST", NOTES, "body", MODEL, this::say),
                Route.of("GET", NOTE, "", MODEL, this::one),
                Route.of("PUT", NOTE, "body", MODEL, this::edit),
                Route.of("DELETE", NOTE, "", MODEL, this::delete),
                Route.of("GET", NOTE + "/award_emoji", "page,per_page", AwardEmoji.class, this::awards),
                Route.of("POST", NOTE + "/award_emoji", "name", AwardEmoji.class, this::award));
    }

    private record Place(Project project, MergeRequest on) {}

    private Place place(Call call) {
        Project project = rights.project(call);
        return new Place(project, project.mergeRequest(call.number("iid")));
    }

    private static Note note(Place place, Call call) {
        return place.on().notes().stream()
                .filter(note -> note.id() == call.number("note_id"))
                .findFirst()
                .orElseThrow(Refusals::notFound);
    }

    private Reply list(Call call) {
        Place place = place(call);
        String wanted = call.query().getOrDefault("activity_filter", "all_notes");
        Comparator<Note> order =
                call.query().getOrDefault("order_by", "created_at").equals("updated_at")
                        ? Comparator.comparing(Note::updated).thenComparing(Note::id)
                        : Comparator.comparing(Note::id);
        List<Note> notes = place.on().notes().stream()
                .filter(note -> wanted.equals("all_notes") || note.system() == wanted.equals("only_activity"))
                .sorted(call.query().getOrDefault("sort", "desc").equals("asc") ? order : order.reversed())
                .toList();
        return Reply.ok(Json.list(notes, note -> rendering.note(place.project(), place.on(), note)));
    }

    private Reply one(Call call) {
        Place place = place(call);
        return Reply.ok(rendering.note(place.project(), place.on(), note(place, call)));
    }

    private Reply say(Call call) {
        Place place = place(call);
        String left = acted(call, place);
        if (left.isBlank()) {
            return new Reply(202, Optional.of(Json.object()));
        }
        Note said = new Note(world.nextId(), call.caller(), false, left, world.now());
        place.on().noted(said);
        events.note(place.project(), place.on(), said);
        return Reply.made(rendering.note(place.project(), place.on(), said));
    }

    /** Does what a text asks for; gives what is left of it. */
    private String acted(Call call, Place place) {
        QuickActions actions = QuickActions.of(body(call));
        for (String command : actions.commands()) {
            switch (command) {
                case "approve" -> place.on().approvals().put(call.caller(), world.now());
                case "close" -> place.on().becomes(MergeRequest.State.CLOSED, world.now());
                case "merge" -> place.on().merged(new MergeRequest.Merge(null, null, call.caller(), world.now()));
                default -> events.noted(place.on(), call.caller(), "requested changes");
            }
            events.mergeRequest(place.project(), place.on(), "update", call.caller());
        }
        return actions.left();
    }

    private static String body(Call call) {
        String text = call.required("body");
        if (text.length() > LONGEST) {
            throw Refusals.bad("Note is too long (maximum is " + LONGEST + " characters)");
        }
        return text;
    }

    private Note own(Call call, Place place) {
        Note note = note(place, call);
        if (!note.author().equals(call.caller())) {
            rights.atLeast(call, place.project(), Level.MAINTAINER);
        }
        return note;
    }

    private Reply edit(Call call) {
        Place place = place(call);
        Note note = own(call, place);
        note.says(acted(call, place), world.now());
        place.on().touched(world.now());
        events.note(place.project(), place.on(), note);
        return Reply.ok(rendering.note(place.project(), place.on(), note));
    }

    private Reply delete(Call call) {
        Place place = place(call);
        place.on().notes().remove(note(place, call));
        return Reply.nothing();
    }

    private Reply awards(Call call) {
        Note note = note(place(call), call);
        return Reply.ok(Json.list(note.awards(), award -> rendering.award(note, award)));
    }

    /** What is there already is answered as if there were no note. */
    private Reply award(Call call) {
        Note note = note(place(call), call);
        String name = call.required("name");
        if (note.awards().stream()
                .anyMatch(award ->
                        award.by().equals(call.caller()) && award.name().equals(name))) {
            throw Refusals.notFound("Award Emoji Name has already been taken");
        }
        Instant now = world.now();
        Note.Award award = new Note.Award(world.nextId(), call.caller(), name, now);
        note.awarded(award);
        return Reply.made(rendering.award(note, award));
    }
}
