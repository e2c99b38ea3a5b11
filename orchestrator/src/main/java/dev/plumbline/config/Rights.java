package dev.plumbline.config;

import java.util.List;

/**
 * Who may do what on a pull request. Of each list one entry suffices.
 *
 * @param plan who may ask for plans
 * @param apply who may apply; retry, cancel and revert go with it
 * @param approve whose approval counts
 * @param unlock who may let go of what a failed run left locked
 */
public record Rights(List<Grantee> plan, List<Grantee> apply, List<Grantee> approve, List<Grantee> unlock) {

    /** What holds where plumbline.yaml says nothing. */
    public static final Rights DEFAULT = new Rights(
            List.of(new Grantee.AtLeast(Grantee.Level.READ)),
            List.of(new Grantee.AtLeast(Grantee.Level.WRITE)),
            List.of(new Grantee.AtLeast(Grantee.Level.WRITE)),
            List.of(new Grantee.AtLeast(Grantee.Level.ADMIN)));

    /** Empty lists, which ask for nothing: where server.yaml sets no floor. */
    static final Rights NONE = new Rights(List.of(), List.of(), List.of(), List.of());

    public Rights {
        plan = List.copyOf(plan);
        apply = List.copyOf(apply);
        approve = List.copyOf(approve);
        unlock = List.copyOf(unlock);
    }

    /** What somebody wants to do. */
    public enum Act {
        PLAN,
        APPLY,
        APPROVE,
        UNLOCK
    }

    /** Those who may do it. */
    public List<Grantee> to(Act act) {
        return switch (act) {
            case PLAN -> plan;
            case APPLY -> apply;
            case APPROVE -> approve;
            case UNLOCK -> unlock;
        };
    }
}
