package dev.plumbline.forge;

/** What our own words begin with where people write, too: unseen, and found again after a crash. */
public final class Marker {
    private static final String BEGIN = "<!-- plumbline ";

    private Marker() {}

    /** @param what names the words among all of ours, for example {@code change 12} */
    public static String of(String what) {
        return BEGIN + what + " -->";
    }

    /**
     * Whether somebody of ours wrote that; not where people quote it and go on. Anybody can write a marker: it may only ever keep words
     * from being heard.
     */
    public static boolean begins(String text) {
        return text.startsWith(BEGIN);
    }
}
