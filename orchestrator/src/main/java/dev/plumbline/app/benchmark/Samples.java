package dev.plumbline.app.benchmark;

import java.util.Arrays;
import java.util.Locale;

/** Several measurements of one thing, in its unit. */
final class Samples {
    private final double[] values;

    Samples(double... measured) {
        if (measured.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        values = measured.clone();
        Arrays.sort(values);
    }

    double min() {
        return values[0];
    }

    double median() {
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    double max() {
        return values[values.length - 1];
    }

    /** Least, median and most, as people read them. */
    @Override
    public String toString() {
        return shown(min()) + " / " + shown(median()) + " / " + shown(max());
    }

    /** Without a fraction from ten on. */
    static String shown(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
    }
}
