package dev.plumbline.forge.owners;

/**
 * What is wrong with a line.
 *
 * @param line counted from 1; 0 for the whole file
 * @param hides whether the forge may read more there than we can, so that who owns what isn't known; else the forge leaves the line
 *     out as we do
 */
public record Flaw(int line, String sentence, boolean hides) {

    static Flaw skipped(int line, String sentence) {
        return new Flaw(line, sentence, false);
    }

    static Flaw hidden(int line, String sentence) {
        return new Flaw(line, sentence, true);
    }

    @Override
    public String toString() {
        return line == 0 ? sentence : "line " + line + ": " + sentence;
    }
}
