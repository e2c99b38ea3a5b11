package dev.plumbline.cli.local;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Table.Cell;
import dev.plumbline.git.LocalRepository;
import dev.plumbline.git.SourceTree;
import dev.plumbline.git.WorkingTree;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.AffectedStack;
import dev.plumbline.stack.ChangeImpact;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackCatalogReader;
import dev.plumbline.stack.StackId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints which stacks differ between two commits, or between one and the files on disk. */
final class ChangedStacks {
    private static final Set<AffectedStack.Kind> GOES_ON =
            EnumSet.of(AffectedStack.Kind.ADDED, AffectedStack.Kind.CHANGED, AffectedStack.Kind.MOVED);

    private final CliContext context;

    ChangedStacks(CliContext context) {
        this.context = context;
    }

    /**
     * What is compared.
     *
     * @param head empty for the files as they stand on disk
     * @param sinceCommon whether the comparison begins at the commit that both were built on
     */
    record Range(String base, Optional<String> head, boolean sinceCommon) {
        /** As in Git, a side that is left out is HEAD; without any dots the other side is the disk. */
        static Range parse(String typed) {
            int dots = typed.indexOf("..");
            if (dots < 0) {
                return new Range(typed, Optional.empty(), false);
            }
            boolean three = typed.startsWith("...", dots);
            String base = typed.substring(0, dots);
            String head = typed.substring(dots + (three ? 3 : 2));
            return new Range(base.isEmpty() ? "HEAD" : base, Optional.of(head.isEmpty() ? "HEAD" : head), three);
        }
    }

    /**
     * What {@code --json} prints of each stack.
     *
     * @param kind {@code added}, {@code changed}, {@code moved}, {@code removed}, {@code released}, or {@code downstream}
     *     for one that only reads outputs of another
     * @param movedFrom empty where it did not move
     */
    record Row(String stack, String kind, String movedFrom, List<String> reasons) {
        private static Row of(AffectedStack affected, String kind) {
            return new Row(
                    affected.stack().folder(),
                    kind,
                    affected.movedFrom().map(StackId::folder).orElse(""),
                    affected.reasons());
        }
    }

    int print(Range range) {
        List<Row> rows = LocalCode.reading(() -> rows(range));
        if (context.options().json()) {
            context.printJson(rows);
        } else if (rows.isEmpty()) {
            context.terminal().line("No stack is affected.");
        } else {
            table(rows);
        }
        return ExitStatus.FINE;
    }

    private List<Row> rows(Range range) {
        try (LocalRepository repository = LocalCode.repository(context)) {
            SourceTree before = range.sinceCommon()
                    ? repository.commonTree(range.base(), range.head().orElse("HEAD"))
                    : repository.tree(range.base());
            SourceTree after =
                    range.head().map(repository::tree).orElseGet(() -> WorkingTree.around(context.workingFolder()));
            StackCatalogReader reader =
                    new StackCatalogReader(ServerSettings.valid(context).localBackends());
            return rows(reader.read(LocalCode.REPOSITORY, before), reader.read(LocalCode.REPOSITORY, after));
        }
    }

    private static List<Row> rows(StackCatalog before, StackCatalog after) {
        if (!after.usable()) {
            throw CliException.error(
                    after.problems().stream()
                            .filter(problem ->
                                    problem.error() && problem.stack().isEmpty())
                            .map(problem -> TerminalText.safeLine(problem.toString()))
                            .collect(Collectors.joining("\n")),
                    "Nothing can be said of its stacks before that is corrected.");
        }
        List<AffectedStack> affected = ChangeImpact.between(before, after);
        List<StackId> changed = affected.stream()
                .filter(each -> GOES_ON.contains(each.kind()))
                .map(AffectedStack::stack)
                .toList();
        List<Row> rows = new ArrayList<>();
        affected.forEach(each -> rows.add(Row.of(each, each.kind().name().toLowerCase(Locale.ROOT))));
        ChangeImpact.downstreamOf(changed, after).forEach(each -> rows.add(Row.of(each, "downstream")));
        return rows;
    }

    private void table(List<Row> rows) {
        Table table = new Table("STACK", "KIND", "WHY");
        for (Row row : rows) {
            String from = row.movedFrom().isEmpty() ? "" : "from " + row.movedFrom() + "; ";
            table.row(
                    Cell.of(TerminalText.safeLine(row.stack())),
                    new Cell(row.kind(), style(row.kind())),
                    Cell.of(TerminalText.safeLine(from + String.join("; ", row.reasons()))));
        }
        table.print(context.terminal());
    }

    private static Style style(String kind) {
        return switch (kind) {
            case "removed" -> Style.BAD;
            case "added" -> Style.GOOD;
            case "changed", "moved" -> Style.WAITS;
            default -> Style.FAINT;
        };
    }
}
