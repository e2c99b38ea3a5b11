package dev.plumbline.access;

/**
 * A person or program, as history names them.
 *
 * @param name one line without control characters
 */
public record Principal(String name, Role role) {
    /** Whether they may do what asks for that role. */
    public boolean may(Role asked) {
        return role.covers(asked);
    }

    /** Says that they may not do what asks for that role; a whole sentence. */
    public String lacks(Role asked) {
        return "The token of " + name + " has the role " + role.word() + "; this needs " + asked.word() + ".";
    }
}
