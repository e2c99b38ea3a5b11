package dev.plumbline.review.right;

import dev.plumbline.config.Floor;
import dev.plumbline.config.Rights;
import dev.plumbline.forge.People;
import java.util.Collection;
import java.util.List;

/** Says who may do what on a pull request. Asks the forge anew at each call, and refuses where it gets no answer. */
public final class Judge {
    private final People people;
    private final List<Floor> floors;

    /**
     * @param people the forge that the pull requests are on
     * @param floors as server.yaml has them
     */
    public Judge(People people, List<Floor> floors) {
        this.people = people;
        this.floors = List.copyOf(floors);
    }

    /** Whether somebody may do something. */
    public Verdict may(Rights.Act act, String login, Matter matter) {
        return new Hearing(people, floors, matter).may(act, login);
    }

    /**
     * Whose approval is still missing.
     *
     * @param approvers the logins of those whose approvals stand, of what is to be applied now; each is asked about again, and
     *     counts only if they may approve at this moment
     */
    public Approvals needed(Matter matter, Collection<String> approvers) {
        return new Tally(new Hearing(people, floors, matter), matter).of(approvers);
    }
}
