package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.ShellWord;
import dev.plumbline.stack.StackId;
import java.util.Optional;

/**
 * What holds a stack's lane although nothing runs: an apply that failed, or one of a pull request that is not merged yet.
 *
 * @param commit that was to be applied
 * @param failed whether that went wrong, or was stopped; else it only isn't on main yet
 * @param early whether it was asked for before its merge
 * @param keepsOthers whether other pull requests can't be applied to the stack before their merge until that is settled
 * @param origin empty where it was pushed to main as nobody had seen it
 */
public record Hold(
        StackId stack, CommitSha commit, boolean failed, boolean early, boolean keepsOthers, Optional<Origin> origin) {

    /**
     * The change that it came of.
     *
     * @param id as people call it
     * @param page of that pull request; empty where it has none that can be linked to
     */
    public record Origin(String id, String title, ChangeState state, Optional<String> page) {

        /** {@code team/infra#4 Add tags (https://…)}. */
        String named() {
            return id + " " + TerminalText.safeLine(title)
                    + page.map(url -> " (" + url + ")").orElse("");
        }
    }

    /** What holds it, and the ways on. */
    public String sentence() {
        String retry = "plumbline retry " + stack.typed();
        if (origin.isEmpty()) {
            return "to go on: " + retry + ", or take commit " + commit.abbreviated() + " back: plumbline history "
                    + stack.typed() + " says how";
        }
        String of = origin.get().named();
        if (!early) {
            return "it came of " + of + "; to go on: " + retry + ", or plumbline revert "
                    + ShellWord.of(origin.get().id());
        }
        if (!origin.get().state().open()) {
            return (failed ? "it was to be" : "it is") + " applied from " + of
                    + ", which was closed without being merged: reopen it, or push to main what the stack shall be";
        }
        String others = keepsOthers ? "; other pull requests wait for that" : "";
        return failed
                ? "it was to be applied from " + of + ", which is not merged yet; to go on: " + retry
                        + ", push what mends it to that branch, or close it" + others
                : "it is applied from " + of + ", which is not merged yet; to go on: merge it" + others;
    }
}
