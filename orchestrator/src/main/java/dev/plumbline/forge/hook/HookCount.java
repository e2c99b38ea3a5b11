package dev.plumbline.forge.hook;

/**
 * Deliveries that are counted together.
 *
 * @param forge whose, by its name in server.yaml; {@link #NOBODY} where there is none of the name in the address
 * @param repository about which, by its name on this server; {@link #NOBODY} where that isn't known, or nobody proved who says it
 * @param answer what they were answered with
 */
public record HookCount(String forge, String repository, HookAnswer answer) {
    /** Stands for all that server.yaml doesn't name, so that nobody can make up new ones. */
    public static final String NOBODY = "";
}
