package dev.plumbline.cli;

import dev.plumbline.stack.ShellWord;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as people type them: with the sign or letter that lists show before them, or without. */
final class Numbers {
    private Numbers() {}

    /** A change may be named with its repository, too. */
    static final class OfChange implements ITypeConverter<String> {
        @Override
        public String convert(String typed) {
            int sign = typed.lastIndexOf('#');
            return number(typed.substring(sign + 1), "")
                    .map(number -> typed.substring(0, Math.max(0, sign)) + "#" + number)
                    .orElseThrow(() -> new Misnamed(typed + " is no change: plumbline changes lists them"));
        }
    }

    static final class OfRun implements ITypeConverter<Long> {
        @Override
        public Long convert(String typed) {
            return number(typed, "r")
                    .orElseThrow(() -> new Misnamed(
                            typed + " is no run: plumbline runs " + ShellWord.of(typed) + " lists its runs"));
        }
    }

    /** What was typed names something else; its message says all there is to say. */
    static final class Misnamed extends TypeConversionException {
        private static final long serialVersionUID = 1;

        private Misnamed(String sentence) {
            super(sentence);
        }
    }

    private static Optional<Long> number(String typed, String prefix) {
        String digits = typed.startsWith(prefix) ? typed.substring(prefix.length()) : typed;
        return Optional.of(digits)
                .filter(each -> each.matches("[1-9][0-9]{0,17}"))
                .map(Long::valueOf);
    }
}
