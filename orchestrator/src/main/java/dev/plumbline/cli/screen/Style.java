package dev.plumbline.cli.screen;

/** What a piece of text is, as far as colour goes. */
public enum Style {
    PLAIN(""),
    GOOD("32"),
    BAD("31"),
    WAITS("33"),
    RUNS("36"),
    FAINT("2"),
    HEADING("1");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The style of a run's, stack's or change's state, in the words of the model. */
    public static Style ofState(String state) {
        return switch (state) {
            case "applied", "no-changes", "planned", "merged" -> GOOD;
            case "failed", "lost", "needs-person", "conflict" -> BAD;
            case "awaiting-approval", "unmanaged" -> WAITS;
            case "preparing", "planning", "applying", "checking" -> RUNS;
            case "superseded", "cancelled", "closed" -> FAINT;
            default -> PLAIN;
        };
    }

    String paint(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
