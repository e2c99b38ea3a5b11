package dev.plumbline.forge.hook;

/**
 * Deliveries that are counted together.
 *
 * @param forge whose, by its name in server.yaml; {@link #NOBODY} where there is none of the name in the address
 * @param answer what they were answered with
 */
public record HookCount(String forge, HookAnswer answer) {
    /** Stands for all forges that server.yaml doesn't name, so that nobody can make up new ones. */
    public static final String NOBODY = "";
}
