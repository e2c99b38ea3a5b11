package dev.plumbline.review.right;

import dev.plumbline.config.Grantee;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.People;
import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.owners.Owner;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A person on a forge, which is asked each thing about them once. */
final class Somebody {
    private final People people;
    private final Remote remote;
    private final String login;
    private final Map<String, Answer<Boolean>> teams = new HashMap<>();
    private @Nullable Answer<Permission> permission;

    Somebody(People people, Remote remote, String login) {
        this.people = people;
        this.remote = remote;
        this.login = login;
    }

    String login() {
        return login;
    }

    /** Whether the forge lets them do that much in the repository. */
    Finding has(Grantee.Level level) {
        Answer<Permission> answer = permission == null ? people.permission(remote, login) : permission;
        permission = answer;
        if (answer instanceof Answer.Given<Permission> given) {
            Permission own = given.value();
            String word = own == Permission.NONE ? "no" : own.name().toLowerCase(Locale.ROOT);
            Permission wanted = Permission.valueOf(level.name());
            return Finding.of(own.compareTo(wanted) >= 0, login + " has " + word + " permission");
        }
        return Finding.unread("the permission of " + login, answer);
    }

    /** Whether they belong to a team. */
    Finding in(String team) {
        Answer<Boolean> answer = teams.computeIfAbsent(team, key -> people.inTeam(remote, team, login));
        if (answer instanceof Answer.Given<Boolean> given) {
            return Finding.of(given.value(), login + (given.value() ? " is in @" : " is not in @") + team);
        }
        return Finding.unread("whether " + login + " is in @" + team, answer);
    }

    /** Whether that is their login. */
    Finding is(String name) {
        boolean same = login.equalsIgnoreCase(name);
        return Finding.of(same, login + (same ? " is named" : " is not @" + name));
    }

    /** Whether they are one of the owners, of whom only those count who may write, as on GitHub and GitLab. */
    Finding among(Collection<Owner> owners) {
        Finding found = Finding.lacks(login + " is none of its owners");
        for (Owner owner : owners) {
            Finding one = matches(owner);
            if (one.holds()) {
                Finding writes = has(Grantee.Level.WRITE);
                return writes.holds()
                        ? one
                        : writes.saying(writes.words() + ", and an owner must have write permission");
            }
            found = one.kind() == Finding.Kind.UNREAD ? one : found;
        }
        return found;
    }

    private Finding matches(Owner owner) {
        if (owner instanceof Owner.Person person) {
            return is(person.login());
        }
        if (owner instanceof Owner.Team team) {
            return in(team.path());
        }
        if (owner instanceof Owner.PersonOrTeam either) {
            Finding named = is(either.name());
            return named.holds() ? named : in(either.name());
        }
        return Finding.unread("who " + owner + " is can't be read from the forge; name a login in CODEOWNERS");
    }
}
