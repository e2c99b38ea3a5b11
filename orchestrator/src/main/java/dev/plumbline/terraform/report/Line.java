package dev.plumbline.terraform.report;

/**
 * One line of a diff, before any format.
 *
 * @param depth how deep it is nested; zero for the resource's own line
 */
record Line(Sign sign, int depth, String text) {

    /** What happens to what stands on the line. */
    enum Sign {
        NONE("", "  "),
        ADD("\u001b[32m", "+ "),
        REMOVE("\u001b[31m", "- "),
        CHANGE("\u001b[33m", "~ "),
        REPLACE("\u001b[31m", "-/+ "),
        REPLACE_ADD_FIRST("\u001b[31m", "+/- "),
        FORGET("\u001b[31m", ". "),
        READ("\u001b[36m", "<= "),
        COMMENT("\u001b[1m", "# ");

        private final String colour;
        private final String mark;

        Sign(String colour, String mark) {
            this.colour = colour;
            this.mark = mark;
        }

        /** The escape sequence of its colour; empty for none. */
        String colour() {
            return colour;
        }

        String mark() {
            return mark;
        }
    }
}
