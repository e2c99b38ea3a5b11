package dev.plumbline.drift;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.terraform.plan.Change;
import dev.plumbline.terraform.plan.Marks;
import dev.plumbline.terraform.plan.Path;
import dev.plumbline.terraform.plan.Value;
import dev.plumbline.terraform.plan.ValueJson;

/** Puts differences into words that never hold a secret. */
final class DifferenceText {
    /** So much of a value is shown, in characters; the run's report has all of it. */
    private static final int LONGEST_VALUE = 80;

    private final Masker masker;

    DifferenceText(Masker masker) {
        this.masker = masker;
    }

    String isAndWanted(Change change, Path path, Value is, Value wanted) {
        return hidden(change, path)
                ? "main would change it " + Masker.MASK
                : "main would change it from " + shown(is) + " to " + shown(wanted);
    }

    String wasAndIs(Change change, Path path, Value was, Value is) {
        return hidden(change, path)
                ? "was changed outside " + Masker.MASK
                : "was " + shown(was) + ", is now " + shown(is) + ", and main does not mind";
    }

    /** On one line, without secrets and control characters. */
    String safe(String text) {
        return TerminalText.safeLine(masker.mask(text));
    }

    private static boolean hidden(Change change, Path path) {
        Marks marks = Marks.of(change.sensitive());
        for (Path.Step step : path.steps()) {
            marks = marks.at(step);
        }
        return marks.any();
    }

    private String shown(Value value) {
        if (value instanceof Value.Unknown) {
            return "(known after apply)";
        }
        // Masked before it is cut, since half a secret would no longer be found.
        String json = masker.mask(ValueJson.plain(value));
        return json.length() <= LONGEST_VALUE ? json : json.substring(0, LONGEST_VALUE) + "…";
    }
}
