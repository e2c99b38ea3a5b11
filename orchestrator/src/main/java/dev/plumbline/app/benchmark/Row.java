package dev.plumbline.app.benchmark;

/**
 * One line of the table.
 *
 * @param what what was measured
 * @param measured with its unit
 * @param against what it is held against, measured in the same rounds; empty where it is a figure of its own
 * @param target what it should be
 * @param reached the figure that the target speaks of, and whether it is reached
 */
record Row(String what, String measured, String against, String target, String reached) {

    /** A figure of its own, whose median should stay below a bound of the same unit. */
    static Row below(double bound, String unit, String what, Samples measured) {
        return new Row(
                what,
                measured + " " + unit,
                "",
                Samples.shown(bound) + " " + unit,
                verdict(measured.median() <= bound, Samples.shown(measured.median()) + " " + unit));
    }

    static String verdict(boolean reached, String figure) {
        return (reached ? "yes: " : "no: ") + figure;
    }
}
