package dev.plumbline.terraform.report;

/**
 * A report in one format.
 *
 * @param text never longer than was asked for
 * @param omitted how many resources and sections don't stand in it with all their details
 */
public record Rendering(String text, int omitted) {

    /** Whether everything stands in it. */
    public boolean complete() {
        return omitted == 0;
    }
}
