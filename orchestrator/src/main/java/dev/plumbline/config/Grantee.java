package dev.plumbline.config;

import java.util.Locale;

/** Whom a rule lets do something. Its text is as it is written in a file. */
public sealed interface Grantee {

    /** Whoever has that permission on the repository at its forge, or a higher one. */
    record AtLeast(Level level) implements Grantee {
        @Override
        public String toString() {
            return level.name().toLowerCase(Locale.ROOT);
        }
    }

    /** One login of the forge; case is of no account. On GitLab it may be a group as well. */
    record Person(String login) implements Grantee {
        @Override
        public String toString() {
            return "@" + login;
        }
    }

    /** The members of a team: {@code org/team}, or {@code group/subgroup} on GitLab. */
    record Team(String path) implements Grantee {
        @Override
        public String toString() {
            return "@" + path;
        }
    }

    /** The owners of what a change touches, by CODEOWNERS. */
    record CodeOwners() implements Grantee {
        @Override
        public String toString() {
            return "codeowners";
        }
    }

    /** Permissions, from the lowest. */
    enum Level {
        READ,
        WRITE,
        ADMIN
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException where the text is none
     */
    static Grantee parse(String text) {
        return switch (text) {
            case "read" -> new AtLeast(Level.READ);
            case "write" -> new AtLeast(Level.WRITE);
            case "admin" -> new AtLeast(Level.ADMIN);
            case "codeowners" -> new CodeOwners();
            default -> named(text);
        };
    }

    private static Grantee named(String text) {
        if (!text.matches("@[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)*")) {
            throw new IllegalArgumentException("'" + text + "' is none; people and teams begin with @");
        }
        return text.contains("/") ? new Team(text.substring(1)) : new Person(text.substring(1));
    }
}
