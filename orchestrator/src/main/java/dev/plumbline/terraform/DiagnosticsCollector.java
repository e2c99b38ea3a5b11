package dev.plumbline.terraform;

import dev.plumbline.terraform.event.Diagnostic;
import dev.plumbline.terraform.event.EventParser;
import dev.plumbline.terraform.event.TerraformEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Hands events on, and remembers what is needed to say why a run failed. */
final class DiagnosticsCollector implements Consumer<String> {
    private static final int TEXT_LINES = 200;

    private final EventParser parser = new EventParser();
    private final Consumer<TerraformEvent> listener;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<String> text = new ArrayList<>();

    DiagnosticsCollector(Consumer<TerraformEvent> listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void accept(String line) {
        TerraformEvent event = parser.parse(line);
        if (event instanceof TerraformEvent.Problem problem) {
            diagnostics.add(problem.diagnostic());
        } else if (event instanceof TerraformEvent.Text && text.size() < TEXT_LINES) {
            text.add(line);
        }
        listener.accept(event);
    }

    /** Never without an error: what was not reported as one is made one from the last words. */
    synchronized List<Diagnostic> errors(String summary, String lastWords) {
        List<Diagnostic> all = new ArrayList<>(diagnostics);
        if (all.stream().noneMatch(Diagnostic::isError)) {
            String said = lastWords.isBlank() ? String.join("\n", text) : lastWords;
            all.add(Diagnostic.error(summary, said.strip()));
        }
        return all;
    }
}
