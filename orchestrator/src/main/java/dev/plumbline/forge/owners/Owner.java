package dev.plumbline.forge.owners;

/** Who can own paths. Its text is as people write it in a comment. */
public sealed interface Owner {

    /** One person. */
    record Person(String login) implements Owner {
        @Override
        public String toString() {
            return "@" + login;
        }
    }

    /**
     * The members of a team or group.
     *
     * @param path {@code org/team}; on GitLab {@code group/subgroup}, or {@code @developers} for a role
     */
    record Team(String path) implements Owner {
        @Override
        public String toString() {
            return "@" + path;
        }
    }

    /** A person or a group: GitLab writes both alike. */
    record PersonOrTeam(String name) implements Owner {
        @Override
        public String toString() {
            return "@" + name;
        }
    }

    /** Who has an e-mail address; the forge alone knows who that is. */
    record Email(String address) implements Owner {
        @Override
        public String toString() {
            return address;
        }
    }
}
