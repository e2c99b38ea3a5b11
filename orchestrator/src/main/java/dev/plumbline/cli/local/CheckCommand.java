package dev.plumbline.cli.local;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "check",
        description = "Validate all configuration of this checkout, and --config's, with line and column.")
final class CheckCommand implements Callable<Integer> {
    private final CliContext context;

    CheckCommand(CliContext context) {
        this.context = context;
    }

    /** What {@code --json} prints. */
    record Result(boolean valid, int stacks, List<Problem> problems) {}

    /**
     * @param severity {@code error} or {@code warning}; only errors make the whole invalid
     * @param stack its folder; empty where it concerns the whole repository or the server
     */
    record Problem(String severity, String stack, String file, int line, int column, String message) {
        private static Problem of(boolean error, String stack, ConfigProblem at) {
            return new Problem(error ? "error" : "warning", stack, at.file(), at.line(), at.column(), at.message());
        }

        private boolean error() {
            return severity.equals("error");
        }

        private String text() {
            return file + ":" + line + ":" + column + ": " + message + (error() ? "" : " (warning)");
        }
    }

    @Override
    public Integer call() {
        Optional<ConfigFile<ServerConfig>> server = ServerSettings.read(context);
        LocalCode code = LocalCode.around(
                context, server.map(file -> file.value().localBackends()).orElse(List.of()));
        List<Problem> problems = new ArrayList<>();
        server.ifPresent(file -> {
            file.problems().forEach(at -> problems.add(Problem.of(true, "", at)));
            new UndeclaredVariables(file, code.catalog())
                    .problems()
                    .forEach(at -> problems.add(Problem.of(true, "", at)));
        });
        for (StackProblem problem : code.catalog().problems()) {
            problems.add(Problem.of(
                    problem.error(), problem.stack().map(Object::toString).orElse(""), problem.at()));
        }
        long errors = problems.stream().filter(Problem::error).count();
        int stacks = code.catalog().stacks().size();
        if (context.options().json()) {
            context.printJson(new Result(errors == 0, stacks, problems));
        } else {
            print(problems, errors, stacks);
        }
        return errors == 0 ? ExitStatus.FINE : ExitStatus.ERROR;
    }

    private void print(List<Problem> problems, long errors, int stacks) {
        Terminal terminal = context.terminal();
        problems.forEach(problem -> terminal.line(
                terminal.styled(problem.error() ? Style.BAD : Style.WAITS, TerminalText.safeLine(problem.text()))));
        long warnings = problems.size() - errors;
        String sum = count(stacks, "stack") + ", " + count(errors, "error") + ", " + count(warnings, "warning");
        // Problems alone stand in the output, so that editors and scripts can read it.
        if (problems.isEmpty()) {
            terminal.line(sum);
        } else {
            terminal.error(sum);
        }
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
