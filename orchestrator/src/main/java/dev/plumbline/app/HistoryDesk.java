package dev.plumbline.app;

import dev.plumbline.review.Applies;
import dev.plumbline.review.Apply;
import dev.plumbline.review.Change;
import dev.plumbline.review.History;
import dev.plumbline.review.HistoryEntry;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackNames;
import dev.plumbline.web.NoSuchSubjectException;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers who did what, also of stacks that are gone. */
final class HistoryDesk {
    private final StackDirectory directory;
    private final History history;
    private final Applies applies;

    HistoryDesk(StackDirectory directory, History history, Applies applies) {
        this.directory = directory;
        this.history = history;
        this.applies = applies;
    }

    List<Views.HistoryEntry> latest(@Nullable String stack, int limit, long before) {
        List<HistoryEntry> entries =
                stack == null ? history.latest(limit, before) : history.latest(meant(stack), limit, before);
        return entries.stream().map(HistoryDesk::view).toList();
    }

    List<Views.Apply> applies(@Nullable String stack, int limit, long before, StackNames names) {
        return applies.latest(stack == null ? null : meant(stack), limit, before).stream()
                .map(apply -> view(apply, names))
                .toList();
    }

    private StackId meant(String typed) {
        try {
            return directory.resolve(typed);
        } catch (NoSuchSubjectException unknown) {
            return gone(typed)
                    .filter(id -> !history.latest(id, 1, Long.MAX_VALUE).isEmpty())
                    .findFirst()
                    .orElseThrow(() -> unknown);
        }
    }

    /** What a stack that is destroyed, or not merged yet, may have been called. */
    private Stream<StackId> gone(String typed) {
        int colon = typed.indexOf(':');
        return colon > 0
                ? Stream.of(new StackId(typed.substring(0, colon), typed.substring(colon + 1)))
                : directory.repositories().stream().map(repository -> new StackId(repository, typed));
    }

    private static Views.HistoryEntry view(HistoryEntry entry) {
        return new Views.HistoryEntry(
                entry.number(),
                entry.at(),
                TerminalText.safeLine(entry.actor()),
                entry.kind(),
                TerminalText.safeLine(entry.subject()),
                TerminalText.safe(entry.text()));
    }

    private static Views.Apply view(Apply apply, StackNames names) {
        Run run = apply.run();
        return new Views.Apply(
                run.id().toString(),
                names.printed(run.stack()),
                apply.at(),
                run.state().word(),
                run.reason(),
                run.order().destroy(),
                run.order().commit().hex(),
                apply.early(),
                apply.bypassed(),
                TerminalText.safeLine(apply.by()),
                apply.approvers().stream().map(TerminalText::safeLine).toList(),
                apply.plan().map(PlanFacts::shortDigest).orElse(null),
                apply.plan().map(RunDesk::counts).orElse(null),
                apply.change().map(Change::number).orElse(null),
                apply.change().map(Change::title).map(TerminalText::safeLine).orElse(null),
                apply.pull()
                        .map(pull -> ChangeDesk.pull(run.stack().repository(), pull))
                        .orElse(null),
                apply.toTakeBack());
    }
}
