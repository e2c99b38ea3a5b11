package dev.plumbline.cli.init;

import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** The text of a plumbline.yaml: each key with what it does, and what was found. */
final class RepositoryDraft {
    private static final int MOST_LISTED = 40;

    private final Findings findings;
    private final List<String> globs;
    private final Collection<Stack> stacks;
    private final List<String> notes;
    private final List<String> text = new ArrayList<>();

    /**
     * @param globs empty where there is no stack
     * @param stacks those that the globs name
     * @param notes sentences to end with
     */
    RepositoryDraft(Findings findings, List<String> globs, Collection<Stack> stacks, List<String> notes) {
        this.findings = findings;
        this.globs = globs;
        this.stacks = stacks;
        this.notes = notes;
    }

    String text() {
        comment("Plumbline's configuration of this repository, written by 'plumbline init' from what it found here.");
        comment(
                "'plumbline check' validates it, 'plumbline stacks' shows what it makes of the folders. A key that is left");
        comment("out has its default, which is what stands below for all but 'stacks'.");
        text.add("");
        found();
        rules();
        guesses();
        notes.forEach(note -> {
            text.add("");
            comment(note);
        });
        return String.join("\n", text) + "\n";
    }

    private void found() {
        comment(
                "Which folders are stacks: those with Terraform code and one state each. ** crosses folders, * does not.");
        if (stacks.isEmpty()) {
            comment("No folder with Terraform code was found. Once there is one, for example below stacks/:");
            comment("stacks: [\"stacks/**\"]");
            text.add("");
            return;
        }
        comment("Found: " + stacks.size() + (stacks.size() == 1 ? " stack" : " stacks"));
        stacks.stream().limit(MOST_LISTED).forEach(stack -> comment("  " + stack.id() + ": " + about(stack)));
        if (stacks.size() > MOST_LISTED) {
            comment("  and " + (stacks.size() - MOST_LISTED) + " more");
        }
        none("No stacks, since other folders call them as modules: ", findings.called());
        none("No stacks, since their names say modules, examples or tests: ", findings.aside());
        text.add("stacks: " + Quoted.list(globs));
        text.add("");
    }

    private static String about(Stack stack) {
        String state = stack.code()
                .backend()
                .map(backend -> "state in its " + backend.kind() + " backend")
                .orElse("state kept by Plumbline");
        return stack.dependsOn().isEmpty()
                ? state
                : state + ", after "
                        + stack.dependsOn().stream().map(StackId::toString).collect(Collectors.joining(", "));
    }

    private void none(String why, SortedSet<String> folders) {
        if (!folders.isEmpty()) {
            List<String> shown = folders.stream()
                    .limit(MOST_LISTED)
                    .map(folder -> folder.isEmpty() ? "." : folder)
                    .toList();
            String more = folders.size() > MOST_LISTED ? " and " + (folders.size() - MOST_LISTED) + " more" : "";
            comment(why + String.join(", ", shown) + more);
        }
    }

    private void rules() {
        comment("When all stacks are checked for drift: five cron fields, in UTC. Checks never delay a deploy.");
        text.add("drift: { schedule: \"0 */6 * * *\" }");
        text.add("");
        comment("How many people must approve a change beyond the merge itself. 0: the merge is the approval.");
        text.add("approvals: 0");
        text.add("");
        comment("A push to main whose plan nobody saw before: 'approve' waits for a person, 'apply' goes ahead.");
        text.add("direct_push: approve");
        text.add("");
        comment(
                "A stack that reads another's outputs, once those changed: 'approve' waits for a person, 'auto' applies");
        comment("where nothing is destroyed or replaced.");
        text.add("downstream: approve");
    }

    private void guesses() {
        List<Guesses.Guess> guesses = Guesses.among(stacks);
        if (guesses.isEmpty()) {
            return;
        }
        text.add("");
        comment(
                "A guess, by names alone: these variables have no value, and one other stack has an output called the same.");
        comment("Where that is meant, put the line into the stack's own stack.yaml:");
        guesses.forEach(guess -> comment("  " + guess.line()));
    }

    private void comment(String sentence) {
        text.add("# " + TerminalText.safeLine(sentence));
    }
}
