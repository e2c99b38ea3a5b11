package dev.plumbline.app;

import dev.plumbline.review.History;
import dev.plumbline.review.HistoryEntry;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackId;
import dev.plumbline.web.NoSuchSubjectException;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers who did what, also of stacks that are gone. */
final class HistoryDesk {
    private final StackDirectory directory;
    private final History history;

    HistoryDesk(StackDirectory directory, History history) {
        this.directory = directory;
        this.history = history;
    }

    List<Views.HistoryEntry> latest(@Nullable String stack, int limit, long before) {
        List<HistoryEntry> entries =
                stack == null ? history.latest(limit, before) : history.latest(meant(stack), limit, before);
        return entries.stream().map(HistoryDesk::view).toList();
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
}
