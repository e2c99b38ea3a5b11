package dev.plumbline.review.command;

import dev.plumbline.forge.Trouble;
import dev.plumbline.terraform.report.Markdown;
import java.util.List;
import java.util.Optional;

/** What came of a command. */
sealed interface Outcome {

    /**
     * It was done, or begun.
     *
     * @param words Markdown for its author; empty where a sign says enough
     */
    record Done(String words) implements Outcome {
        static Done silently() {
            return new Done("");
        }
    }

    /**
     * It is not done.
     *
     * @param why plain text for its author: what stands against it, and what to do
     */
    record Refused(String why) implements Outcome {}

    /**
     * It can't be decided yet.
     *
     * @param passing whether the forge could not be asked, so that asking again at once is of no use
     */
    record Later(String why, boolean passing) implements Outcome {}

    /** @param refusal why it is not done; empty where it was */
    static Outcome of(Optional<String> refusal) {
        return refusal.<Outcome>map(Refused::new).orElseGet(Done::silently);
    }

    /** The forge did not answer: asked again where that is likely to pass. */
    static Outcome of(Trouble trouble) {
        return trouble.passes() ? new Later(trouble.sentence(), true) : new Refused(trouble.sentence());
    }

    /** Done where at least one was; what was refused is told all the same. */
    static Outcome together(List<Optional<String>> refusals) {
        List<String> refused = refusals.stream().flatMap(Optional::stream).toList();
        String all = String.join("; ", refused);
        return refused.size() == refusals.size()
                ? new Refused(all.isEmpty() ? "there is no stack it could be about" : all)
                : new Done(Markdown.inline(all));
    }
}
