package dev.plumbline.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One program to run, as a vector: nothing in it is ever read by a shell.
 *
 * @param program absolute path of an executable file
 * @param arguments without the program's own name
 * @param folder the existing folder it runs in
 * @param environment everything the child gets; nothing is inherited
 * @param timeLimit how long it may run before it is asked to stop
 * @param grace how long it may take to stop after SIGTERM, before what is left of its session is killed
 */
public record Command(
        Path program,
        List<String> arguments,
        Path folder,
        Map<String, String> environment,
        Duration timeLimit,
        Duration grace) {

    public Command {
        if (!program.isAbsolute()) {
            throw new IllegalArgumentException("The program must be an absolute path, not " + program);
        }
        if (timeLimit.isNegative() || timeLimit.isZero() || grace.isNegative()) {
            throw new IllegalArgumentException("A command needs a time limit above zero and a grace of zero or more");
        }
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        arguments.forEach(Command::refuseNul);
        environment.forEach((name, value) -> refuseNul(value));
    }

    private static void refuseNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("No argument or variable of a command may hold a NUL character");
        }
    }

    /** Without the environment, which may hold secrets. */
    @Override
    public String toString() {
        return program.getFileName() + " " + String.join(" ", arguments) + " (in " + folder + ")";
    }
}
