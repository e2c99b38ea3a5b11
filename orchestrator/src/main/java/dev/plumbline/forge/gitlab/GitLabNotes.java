package dev.plumbline.forge.gitlab;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.PullComment;
import dev.plumbline.forge.PullForge.Reaction;
import dev.plumbline.forge.PullForge.Written;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.Encoded;
import dev.plumbline.forge.http.ForgeApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is said on merge requests. GitLab has no list of it over a whole project. */
final class GitLabNotes {
    /** A note moves the time at which its merge request last changed no more than once in a minute. */
    private static final Duration BEHIND = Duration.ofSeconds(90);

    private static final String BY_PEOPLE = "/notes?activity_filter=only_comments&sort=asc&order_by=created_at";

    private final ForgeApi api;

    GitLabNotes(ForgeApi api) {
        this.api = api;
    }

    /** Looks at those merge requests of which something may have changed since. */
    Answer<List<PullComment>> since(Remote remote, Instant since) {
        Instant changed = since.isAfter(Instant.EPOCH.plus(BEHIND)) ? since.minus(BEHIND) : Instant.EPOCH;
        return api.linked(
                        GitLabForge.at(remote) + "/merge_requests?state=all&order_by=updated_at&sort=asc&updated_after="
                                + Encoded.name(changed.toString()),
                        GitLabForge.PAGE)
                .then(pulls -> {
                    List<PullComment> said = new ArrayList<>();
                    for (JsonNode pull : pulls) {
                        long number = pull.path("iid").asLong();
                        Answer<List<JsonNode>> notes =
                                api.linked(GitLabForge.at(remote, number) + BY_PEOPLE, GitLabForge.PAGE);
                        if (!(notes instanceof Answer.Given<List<JsonNode>> given)) {
                            return new Answer.Failed<>(notes.failure().orElseThrow());
                        }
                        given.value().stream()
                                .filter(note -> !GitLabJson.updated(note).isBefore(since))
                                .forEach(note -> said.add(GitLabJson.comment(number, note)));
                    }
                    said.sort(Comparator.comparing(PullComment::at).thenComparing(PullComment::id));
                    return new Answer.Given<>(said);
                });
    }

    Answer<Optional<Long>> find(Remote remote, long pull, String marker) {
        return api.self()
                .then(self -> api.linked(GitLabForge.at(remote, pull) + BY_PEOPLE, GitLabForge.PAGE)
                        .then(notes -> new Answer.Given<>(notes.stream()
                                // Anybody can write the marker; what others wrote is never written over.
                                .filter(note -> note.path("author").path("id").equals(self.path("id")))
                                .filter(note -> note.path("body").asString("").contains(marker))
                                .map(note -> note.path("id").asLong())
                                .findFirst())));
    }

    Answer<Written> add(Remote remote, long pull, String markdown) {
        return api.post(GitLabForge.at(remote, pull) + "/notes", Map.of("body", Harmless.of(markdown)))
                .then(made -> new Answer.Given<>(GitLabJson.written(made)));
    }

    Answer<Optional<Written>> edit(Remote remote, long pull, long note, String markdown) {
        return api.putOver(at(remote, pull, note), Map.of("body", Harmless.of(markdown)))
                .then(edited -> new Answer.Given<>(edited.map(GitLabJson::written)));
    }

    /** A sign that is there already is refused in the words for a note that is gone, so the note itself is asked for then. */
    Answer<Boolean> react(Remote remote, long pull, long note, Reaction reaction) {
        String name = switch (reaction) {
            case EYES -> "eyes";
            case THUMBS_UP -> "thumbsup";
            case THUMBS_DOWN -> "thumbsdown";
        };
        String at = at(remote, pull, note);
        return api.postTo(at + "/award_emoji", Map.of("name", name))
                .then(made -> made.isPresent() ? new Answer.Given<>(made) : api.find(at))
                .then(there -> new Answer.Given<>(there.isPresent()));
    }

    private static String at(Remote remote, long pull, long note) {
        return GitLabForge.at(remote, pull) + "/notes/" + note;
    }
}
