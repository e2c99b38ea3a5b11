package dev.plumbline.review.right;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.People;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Review;
import dev.plumbline.forge.Trouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** People of whom a test says everything, and what was asked about them. */
final class Town implements People {
    private final Map<String, Permission> permissions = new HashMap<>();
    private final Set<String> members = new TreeSet<>();
    private final Set<String> hands = new TreeSet<>();
    private final Set<String> hidden = new TreeSet<>();
    private final List<String> asked = new ArrayList<>();
    private boolean away;

    Town with(String login, Permission permission) {
        permissions.put(login, permission);
        return this;
    }

    Town member(String team, String login) {
        members.add(team + " " + login);
        return this;
    }

    Town hand(String login) {
        hands.add(login);
        return this;
    }

    /** What the token may not read: {@code permission}, {@code hands} or a team. */
    Town hiding(String what) {
        hidden.add(what);
        return this;
    }

    /** Nothing answers there. */
    Town away() {
        away = true;
        return this;
    }

    List<String> asked() {
        return asked;
    }

    private <T> Answer<T> answer(String what, T value) {
        asked.add(what);
        if (away) {
            return new Answer.Failed<>(new Trouble(Trouble.Kind.UNREACHABLE, "nothing answers"));
        }
        return hidden.contains(what)
                ? new Answer.Failed<>(new Trouble(Trouble.Kind.CREDENTIALS, "the token may not do this"))
                : new Answer.Given<>(value);
    }

    @Override
    public Answer<Permission> permission(Remote remote, String login) {
        return answer("permission", permissions.getOrDefault(login.toLowerCase(Locale.ROOT), Permission.NONE));
    }

    @Override
    public Answer<Boolean> inTeam(Remote remote, String team, String login) {
        return answer(team, members.contains(team + " " + login));
    }

    @Override
    public Answer<Set<String>> hands(Remote remote, PullRequest pull) {
        return answer("hands", Set.copyOf(hands));
    }

    @Override
    public Answer<List<Review>> reviews(Remote remote, PullRequest pull) {
        return answer("reviews", List.of());
    }
}
