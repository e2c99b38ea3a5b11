package dev.plumbline.cli;

import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "changes", description = "Open changes, newest first.")
final class ChangesCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--all", description = "Merged and closed ones too.")
    private boolean all;

    @Mixin
    private ListLimit limit = new ListLimit();

    ChangesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<Views.Change> changes =
                limit.listed(new ApiClient(context).changes(all, limit.asked()), context.terminal());
        if (context.options().json()) {
            context.printJson(changes);
        } else if (changes.isEmpty()) {
            context.terminal()
                    .line(all ? "No changes yet: push a branch." : "No open changes. --all lists those that ended.");
        } else {
            Listings.changes(changes, new RelativeTime(context.clock())).print(context.terminal());
        }
        return ExitStatus.FINE;
    }
}
