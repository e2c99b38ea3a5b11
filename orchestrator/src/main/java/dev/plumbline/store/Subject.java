package dev.plumbline.store;

/**
 * Something that moves by being advanced: a push, a change, a merge, an intent or a run.
 *
 * @param kind which of the advancers takes it, for example {@code change}
 * @param number its number among its kind
 */
public record Subject(String kind, long number) {

    /** Reads what {@link #toString} wrote. */
    public static Subject parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("not a subject: '" + text + "'");
        }
        return new Subject(text.substring(0, slash), Long.parseLong(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return kind + "/" + number;
    }
}
