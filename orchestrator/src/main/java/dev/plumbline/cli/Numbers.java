package dev.plumbline.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as people type them: with the sign or letter that lists show before them, or without. */
final class Numbers {
    private Numbers() {}

    static final class OfChange implements ITypeConverter<Long> {
        @Override
        public Long convert(String typed) {
            return number(typed, "#", "the number of a change, such as 12");
        }
    }

    static final class OfRun implements ITypeConverter<Long> {
        @Override
        public Long convert(String typed) {
            return number(typed, "r", "a run, such as r123");
        }
    }

    private static long number(String typed, String prefix, String meant) {
        String digits = typed.startsWith(prefix) ? typed.substring(prefix.length()) : typed;
        if (!digits.matches("[1-9][0-9]{0,17}")) {
            throw new TypeConversionException("'" + typed + "' is not " + meant);
        }
        return Long.parseLong(digits);
    }
}
