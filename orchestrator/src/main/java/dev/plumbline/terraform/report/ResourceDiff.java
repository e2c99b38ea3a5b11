package dev.plumbline.terraform.report;

import dev.plumbline.secret.Masker;
import dev.plumbline.terraform.plan.Action;
import dev.plumbline.terraform.plan.Change;
import dev.plumbline.terraform.plan.Marks;
import dev.plumbline.terraform.plan.OutputChange;
import dev.plumbline.terraform.plan.ResourceAddress;
import dev.plumbline.terraform.plan.ResourceChange;
import java.util.ArrayList;
import java.util.List;

/** The lines of one resource's diff, from its opening to its closing brace, and of the outputs'. */
final class ResourceDiff {
    private final Masker masker;

    ResourceDiff(Masker masker) {
        this.masker = masker;
    }

    List<Line> of(ResourceChange change) {
        ResourceAddress address = change.address();
        String block = address.mode() == ResourceAddress.Mode.DATA ? "data" : "resource";
        List<Line> lines = new ArrayList<>();
        lines.add(
                new Line(sign(change.action()), 0, block + " \"" + address.type() + "\" \"" + address.name() + "\" {"));
        ValueDiff diff = new ValueDiff(masker, Marks.of(change.replacePaths()));
        Change what = change.change();
        Marks marks = Marks.of(what.sensitive());
        Marks forces = Marks.of(change.replacePaths());
        if (marks.whole()) {
            lines.add(new Line(Line.Sign.NONE, 1, Masker.MASK));
        } else if (change.action() == Action.FORGET) {
            diff.fields(ValueDiff.fieldsOf(what.before()), ValueDiff.fieldsOf(what.before()), marks, forces, 1, true);
        } else {
            diff.fields(ValueDiff.fieldsOf(what.before()), ValueDiff.fieldsOf(what.after()), marks, forces, 1, true);
        }
        lines.addAll(diff.lines());
        lines.add(new Line(Line.Sign.NONE, 0, "}"));
        return lines;
    }

    List<Line> of(OutputChange output) {
        ValueDiff diff = new ValueDiff(masker, Marks.NONE);
        Change change = output.change();
        diff.named(
                new ValueText(masker).key(output.name()),
                change.before(),
                change.after(),
                Marks.of(change.sensitive()),
                0);
        return diff.lines();
    }

    static Line.Sign sign(Action action) {
        return switch (action) {
            case CREATE -> Line.Sign.ADD;
            case UPDATE -> Line.Sign.CHANGE;
            case DELETE -> Line.Sign.REMOVE;
            case REPLACE_DESTROY_FIRST -> Line.Sign.REPLACE;
            case REPLACE_CREATE_FIRST, CREATE_THEN_FORGET -> Line.Sign.REPLACE_ADD_FIRST;
            case READ -> Line.Sign.READ;
            case FORGET -> Line.Sign.FORGET;
            case NO_OP -> Line.Sign.NONE;
        };
    }
}
