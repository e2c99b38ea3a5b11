package dev.plumbline.forge.inspect;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.inspect.Inspection.Hook;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The webhook of one repository: whether it is there and right, and whether what it sends arrives. */
public final class HookCheck {
    private static final String ABOUT = "webhook";

    private final Inspection inspection;
    private final Arrivals arrivals;
    private final Remote remote;
    private final URI target;
    private final boolean fix;

    /**
     * @param target where deliveries are to go
     * @param fix whether what is wrong is put right; else nothing is written
     */
    public HookCheck(Inspection inspection, Arrivals arrivals, Remote remote, URI target, boolean fix) {
        this.inspection = inspection;
        this.arrivals = arrivals;
        this.remote = remote;
        this.target = target;
        this.fix = fix;
    }

    /** Looks, puts right where it may, and sends something through. */
    public List<Finding> look() {
        Answer<Optional<Hook>> found = inspection.hook(remote, target);
        if (!(found instanceof Answer.Given<Optional<Hook>> given)) {
            return List.of(Finding.missing(ABOUT, found.failure().orElseThrow()));
        }
        Optional<Hook> hook = given.value();
        if (hook.isEmpty()) {
            return fix
                    ? written(inspection.create(remote, target), "it was made, and sends to " + target)
                    : List.of(Finding.missing(
                            ABOUT,
                            "there is none that sends to " + target + ", so that plans begin when the forge is polled",
                            "'--fix' makes it"));
        }
        List<String> flaws = hook.get().flaws();
        if (flaws.isEmpty()) {
            return tested(hook.get(), Finding.ok(ABOUT, "it sends to " + target), fix);
        }
        String wrong = "it " + String.join(", and ", flaws);
        return fix
                ? written(inspection.repair(remote, hook.get(), target), wrong + ": that was put right")
                : List.of(Finding.missing(ABOUT, wrong, "'--fix' puts it right"));
    }

    private List<Finding> written(Answer<Hook> answer, String done) {
        return answer instanceof Answer.Given<Hook> hook
                ? tested(hook.value(), Finding.ok(ABOUT, done), false)
                : List.of(refused(answer.failure().orElseThrow()));
    }

    /** Some forges take no address at all that they may not send to. */
    private Finding refused(Trouble trouble) {
        return trouble.kind() == Trouble.Kind.REFUSED
                ? Finding.missing(ABOUT, trouble.sentence(), inspection.obstacle(target))
                : Finding.missing(ABOUT, trouble);
    }

    /** @param mayRepair whether another secret is the next thing to try where the signature is not taken */
    private List<Finding> tested(Hook hook, Finding about, boolean mayRepair) {
        TestDelivery.Outcome outcome = new TestDelivery(inspection, arrivals, remote, target, fix).send(hook);
        if (outcome.secretDiffers() && mayRepair) {
            return written(
                    inspection.repair(remote, hook, target),
                    "it signed with another secret than webhook_secret: that was put right");
        }
        return List.of(about, outcome.finding());
    }
}
