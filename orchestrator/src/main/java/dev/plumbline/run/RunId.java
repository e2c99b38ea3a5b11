package dev.plumbline.run;

/**
 * Names one run on this server.
 *
 * @param number counts from one
 */
public record RunId(long number) {

    /** As people type and read it, for example {@code r123}. */
    @Override
    public String toString() {
        return "r" + number;
    }
}
