package dev.plumbline.cli.local;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.git.WorkingTree;
import dev.plumbline.policy.Policies;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
        name = "check",
        description =
                "Validate all configuration of this checkout, and --config's, with line and column; outside of a checkout --config's alone.")
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
        // On a server there is no checkout.
        Optional<LocalCode> code = server.isPresent() && !WorkingTree.isAround(context.workingFolder())
                ? Optional.empty()
                : Optional.of(LocalCode.around(
                        context,
                        server.map(file -> file.value().localBackends()).orElse(List.of())));
        Optional<StackCatalog> catalog = code.map(LocalCode::catalog);
        List<Problem> problems = new ArrayList<>();
        List<String> sums = new ArrayList<>();
        server.ifPresent(file -> {
            problems.addAll(problems(file, catalog));
            sums.add(sum(file, problems.size()));
        });
        code.ifPresent(found -> {
            Policies policies = LocalCode.reading(() -> new PolicyEngine().in(found.tree()));
            List<Problem> ofCode = problems(found.catalog(), policies);
            problems.addAll(ofCode);
            sums.add(sum(found.catalog(), policies, ofCode));
        });
        boolean valid = problems.stream().noneMatch(Problem::error);
        if (context.options().json()) {
            int stacks = catalog.map(found -> found.stacks().size()).orElse(0);
            context.printJson(new Result(valid, stacks, problems));
        } else {
            print(problems, sums);
        }
        return valid ? ExitStatus.FINE : ExitStatus.ERROR;
    }

    private static List<Problem> problems(ConfigFile<ServerConfig> server, Optional<StackCatalog> catalog) {
        List<ConfigProblem> all = new ArrayList<>(server.problems());
        catalog.ifPresent(found -> all.addAll(new UndeclaredVariables(server, found).problems()));
        return all.stream().map(at -> Problem.of(true, "", at)).toList();
    }

    private static List<Problem> problems(StackCatalog catalog, Policies policies) {
        return Stream.concat(
                        catalog.problems().stream()
                                .map(problem -> Problem.of(
                                        problem.error(),
                                        problem.stack().map(StackId::toString).orElse(""),
                                        problem.at())),
                        policies.problems().stream().map(at -> Problem.of(true, "", at)))
                .toList();
    }

    private static String sum(ConfigFile<ServerConfig> server, int errors) {
        return TerminalText.safeLine(server.file()) + ": "
                + (errors == 0
                        ? "fine; " + count(server.value().forges().size(), "forge", "forges") + ", "
                                + count(server.value().repositories().size(), "repository", "repositories")
                        : count(errors, "error", "errors"));
    }

    private static String sum(StackCatalog catalog, Policies policies, List<Problem> problems) {
        long errors = problems.stream().filter(Problem::error).count();
        return count(catalog.stacks().size(), "stack", "stacks") + ", "
                + (policies.none() ? "" : count(policies.count(), "policy", "policies") + ", ")
                + count(errors, "error", "errors") + ", "
                + count(problems.size() - errors, "warning", "warnings");
    }

    private void print(List<Problem> problems, List<String> sums) {
        Terminal terminal = context.terminal();
        problems.forEach(problem -> terminal.line(
                terminal.styled(problem.error() ? Style.BAD : Style.WAITS, TerminalText.safeLine(problem.text()))));
        // Problems alone stand in the output, so that editors and scripts can read it.
        if (problems.isEmpty()) {
            sums.forEach(terminal::line);
        } else {
            sums.forEach(terminal::error);
        }
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
