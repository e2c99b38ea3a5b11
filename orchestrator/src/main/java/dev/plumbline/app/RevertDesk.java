package dev.plumbline.app;

import dev.plumbline.access.Principal;
import dev.plumbline.review.Change;
import dev.plumbline.review.Reverts;
import dev.plumbline.review.Reverts.Reverted;
import dev.plumbline.review.Reviews;
import dev.plumbline.web.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes merged changes back for people, and says where that stands. */
final class RevertDesk {
    private final Reviews reviews;
    private final Reverts reverts;

    RevertDesk(Reviews reviews, Reverts reverts) {
        this.reviews = reviews;
        this.reverts = reverts;
    }

    /** @param targets a stack stands for its last change */
    Views.Acted revert(List<Target> targets, Principal by) {
        List<Views.Outcome> opened = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Target target : targets) {
            Optional<Change> change = change(target);
            Optional<String> lacking =
                    change.flatMap(found -> new Target.OnChange(found).lacking(Views.Action.REVERT, by));
            if (change.isEmpty()) {
                refused.add(target.called()
                        + " came of no change that could be taken back: run git revert, and push that as"
                        + " a branch");
            } else if (lacking.isPresent()) {
                refused.add(lacking.get());
            } else {
                Reverted reverted = reverts.revert(change.get(), by.name());
                if (reverted instanceof Reverted.Opened made) {
                    opened.add(outcome(change.get(), made));
                } else {
                    refused.add(((Reverted.Refused) reverted).why());
                }
            }
        }
        return new Views.Acted(opened, refused);
    }

    private Optional<Change> change(Target target) {
        if (target instanceof Target.OnChange on) {
            return Optional.of(on.change());
        }
        return target instanceof Target.OnIntent promised
                ? Optional.ofNullable(promised.intent().change()).flatMap(reviews::change)
                : Optional.empty();
    }

    private static Views.Outcome outcome(Change change, Reverted.Opened opened) {
        String where = opened.pull()
                .map(pull -> "pull request " + pull.number() + " takes it back: " + pull.url())
                .orElseGet(() -> "branch " + opened.branch()
                        + " takes it back: plumbline changes shows its plan; merge it" + " to apply that");
        return new Views.Outcome(change.subject().toString(), change.id(), "reverted", true, true, false, where);
    }
}
