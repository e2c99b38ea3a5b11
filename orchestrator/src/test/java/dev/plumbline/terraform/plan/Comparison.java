package dev.plumbline.terraform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.secret.Secrets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two readings of one plan. */
final class Comparison {
    private Comparison() {}

    static Plan read(PlanReading reading) {
        assertThat(reading).isInstanceOf(PlanReading.Read.class);
        return ((PlanReading.Read) reading).plan();
    }

    /** The plan without what may differ: marks, secrets, and variables (of which only {@code show} knows the defaults). */
    static Plan withoutMarks(Plan plan) {
        return new Plan(
                plan.terraformVersion(),
                plan.applyable(),
                plan.complete(),
                plan.errored(),
                unmarked(plan.changes()),
                unmarked(plan.drift()),
                plan.outputs().stream()
                        .map(output -> new OutputChange(output.name(), unmarked(output.change())))
                        .toList(),
                plan.checks(),
                new TreeMap<>(),
                plan.relevantAttributes(),
                Secrets.none());
    }

    /** Whatever {@code show} hides in a value, the other reading hides too. */
    static void assertMarksAreASuperset(Plan direct, Plan shown) {
        for (int i = 0; i < shown.changes().size(); i++) {
            assertSuperset(direct.changes().get(i), shown.changes().get(i));
        }
        for (int i = 0; i < shown.drift().size(); i++) {
            assertSuperset(direct.drift().get(i), shown.drift().get(i));
        }
        for (int i = 0; i < shown.outputs().size(); i++) {
            assertThat(direct.outputs().get(i).sensitive())
                    .isEqualTo(shown.outputs().get(i).sensitive());
        }
        assertThat(direct.secrets().strings())
                .containsAll(shown.marked(SensitiveSchema.none()).changes().stream()
                        .flatMap(change -> markedTexts(change.change()).stream())
                        .toList());
    }

    private static void assertSuperset(ResourceChange direct, ResourceChange shown) {
        assertThat(markedTexts(direct.change())).as(shown.address().text()).containsAll(markedTexts(shown.change()));
        Marks marks = Marks.of(direct.change().sensitive());
        for (Path path : shown.change().sensitive()) {
            Marks at = marks;
            for (Path.Step step : path.steps()) {
                at = at.at(step);
            }
            assertThat(at.any()).as(shown.address().text() + " hides " + path).isTrue();
        }
    }

    private static SortedSet<String> markedTexts(Change change) {
        SortedSet<String> texts = new TreeSet<>();
        Marks marks = Marks.of(change.sensitive());
        marks.eachMarkedText(change.before(), texts::add);
        marks.eachMarkedText(change.after(), texts::add);
        texts.removeIf(text -> text.length() < Secrets.SHORTEST);
        return texts;
    }

    private static List<ResourceChange> unmarked(List<ResourceChange> changes) {
        return changes.stream()
                .map(change -> new ResourceChange(
                        change.address(),
                        change.previousAddress(),
                        change.provider(),
                        change.deposedKey(),
                        unmarked(change.change()),
                        change.reason(),
                        change.replacePaths()))
                .toList();
    }

    private static Change unmarked(Change change) {
        return new Change(
                change.action(),
                change.before(),
                change.after(),
                new TreeSet<>(),
                new TreeSet<>(),
                change.importing(),
                change.generatedConfig());
    }
}
