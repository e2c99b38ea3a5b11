package dev.plumbline.cli.local;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Table.Cell;
import dev.plumbline.hcl.Backend;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackProblem;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "stacks",
        description = "List this checkout's stacks; with --changed those that a change touches, each with its reasons.")
final class StacksCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(
            names = "--changed",
            paramLabel = "BASE[..HEAD]",
            description =
                    "Only stacks that differ from BASE to HEAD (default: to the files as they stand on disk); with"
                            + " three dots, from where HEAD left BASE.")
    private @Nullable String changed;

    StacksCommand(CliContext context) {
        this.context = context;
    }

    /**
     * What {@code --json} prints of each stack.
     *
     * @param name the second name that its stack.yaml gives; empty where it gives none
     * @param backend its kind; {@code managed} where the state is kept for it
     * @param problems as {@code check} prints them
     */
    record Row(String id, String name, List<String> dependsOn, String backend, List<String> problems) {
        private static Row of(Stack stack, StackCatalog catalog) {
            return new Row(
                    stack.id().folder(),
                    stack.config().name().orElse(""),
                    stack.dependsOn().stream().map(Object::toString).toList(),
                    stack.code().backend().map(Backend::kind).orElse("managed"),
                    catalog.problemsOf(stack.id()).stream()
                            .filter(StackProblem::error)
                            .map(StackProblem::toString)
                            .toList());
        }
    }

    @Override
    public Integer call() {
        String range = changed;
        return range == null ? all() : new ChangedStacks(context).print(ChangedStacks.Range.parse(range));
    }

    private int all() {
        StackCatalog catalog = LocalCode.around(
                        context, ServerSettings.valid(context).localBackends())
                .catalog();
        List<Row> rows = catalog.stacks().values().stream()
                .map(stack -> Row.of(stack, catalog))
                .toList();
        if (context.options().json()) {
            context.printJson(rows);
        } else if (rows.isEmpty()) {
            context.terminal().line("No stacks here: no folder with Terraform files stands by itself.");
        } else {
            table(rows);
        }
        warnOfProblems(catalog);
        return ExitStatus.FINE;
    }

    private void table(List<Row> rows) {
        Table table = new Table("STACK", "NAME", "BACKEND", "DEPENDS ON");
        for (Row row : rows) {
            table.row(
                    row.problems().isEmpty() ? cell(row.id()) : new Cell(TerminalText.safeLine(row.id()), Style.BAD),
                    cell(row.name().isEmpty() ? "-" : row.name()),
                    cell(row.backend()),
                    cell(row.dependsOn().isEmpty() ? "-" : String.join(", ", row.dependsOn())));
        }
        table.print(context.terminal());
    }

    private void warnOfProblems(StackCatalog catalog) {
        long errors = catalog.problems().stream().filter(StackProblem::error).count();
        if (errors > 0) {
            context.terminal()
                    .error(errors + (errors == 1 ? " error" : " errors")
                            + " in the configuration; see 'plumbline check'.");
        }
    }

    private static Cell cell(String text) {
        return Cell.of(TerminalText.safeLine(text));
    }
}
