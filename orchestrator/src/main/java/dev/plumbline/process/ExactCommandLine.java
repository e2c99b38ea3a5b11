package dev.plumbline.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.exec.CommandLine;

/**
 * A vector that arrives as it is. The library's own trims each argument, even where it is told not to touch quotes
 * (Commons Exec 1.6.0).
 */
final class ExactCommandLine extends CommandLine {
    private final List<String> vector;

    ExactCommandLine(Path program, List<String> arguments) {
        super(program.toFile());
        vector = new ArrayList<>(List.of(program.toString()));
        vector.addAll(arguments);
        arguments.forEach(argument -> addArgument(argument, false));
    }

    @Override
    public String[] toStrings() {
        return vector.toArray(String[]::new);
    }
}
