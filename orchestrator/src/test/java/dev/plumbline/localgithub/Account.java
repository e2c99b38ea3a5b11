package dev.plumbline.localgithub;

/** Who has a name there. */
record Account(long id, String login, Kind kind) {
    enum Kind {
        USER("User"),
        ORGANIZATION("Organization"),
        BOT("Bot");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** With it, commits are told apart by who made them. */
    String email() {
        return login + "@example.com";
    }
}
