package dev.plumbline.forge.inspect;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.hook.HookAnswer;
import dev.plumbline.forge.inspect.Inspection.Hook;
import dev.plumbline.forge.inspect.Inspection.Sent;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something that a forge sends because it is asked to, and what became of it: by the forge's own record where it keeps one, else by
 * what the running server counted.
 */
record TestDelivery(Inspection inspection, Arrivals arrivals, Remote remote, URI target, boolean fix) {
    private static final String ABOUT = "test delivery";
    /** Forges send within a second or two, one after the other. */
    private static final int LOOKS = 40;
    /** How long one of ours may come after one that may be another repository's. */
    private static final int FURTHER_LOOKS = 8;
    /** How often it is sent: where only strays came, they must come again before they count as ours. */
    private static final int TRIES = 2;

    /** @param secretDiffers whether the forge signs with another secret than ours */
    record Outcome(Finding finding, boolean secretDiffers) {
        private static Outcome of(Finding finding) {
            return new Outcome(finding, false);
        }
    }

    Outcome send(Hook hook) {
        Set<HookAnswer> strays = EnumSet.allOf(HookAnswer.class);
        for (int tries = 0; tries < TRIES; tries++) {
            Arrivals.Told before = arrivals.of(remote);
            Answer<Sent> sent = inspection.test(remote, hook, arrivals::pause);
            if (!(sent instanceof Answer.Given<Sent> given)) {
                return Outcome.of(Finding.missing(ABOUT, sent.failure().orElseThrow()));
            }
            if (!(given.value() instanceof Sent.Promised)) {
                return recorded(given.value(), before);
            }
            if (!(before instanceof Arrivals.Told.Counts counts)) {
                return Outcome.of(untold((Arrivals.Told.Silent) before));
            }
            Seen seen = seen(counts);
            if (seen.ours()) {
                return arrived();
            }
            strays.retainAll(seen.strays());
        }
        return strays.stream()
                .findFirst()
                .map(this::ofAnswer)
                .orElseGet(() -> missing(
                        "the forge was asked for one, and nothing arrived at " + target, inspection.obstacle(target)));
    }

    /** What the forge's own record says. */
    private Outcome recorded(Sent sent, Arrivals.Told before) {
        if (sent instanceof Sent.Answered answered) {
            return ofStatus(answered.status(), before);
        }
        return sent instanceof Sent.Undelivered undelivered
                ? missing("the forge could not deliver it: " + undelivered.words(), inspection.obstacle(target))
                : Outcome.of(Finding.warning(ABOUT, ((Sent.Impossible) sent).words(), ""));
    }

    private static Finding untold(Arrivals.Told.Silent silent) {
        return Finding.warning(
                ABOUT,
                "it was sent, and nobody can tell from here whether it arrived: " + silent.sentence(),
                silent.next());
    }

    /**
     * What the server counted since.
     *
     * @param ours whether one of the repository came, and was taken for genuine
     * @param strays what others were answered with, of which one may be ours
     */
    private record Seen(boolean ours, Set<HookAnswer> strays) {}

    private Seen seen(Arrivals.Told.Counts before) {
        Set<HookAnswer> strays = EnumSet.noneOf(HookAnswer.class);
        int left = LOOKS;
        while (left-- > 0) {
            arrivals.pause();
            if (arrivals.of(remote) instanceof Arrivals.Told.Counts now) {
                if (now.knownSince(before)) {
                    return new Seen(true, strays);
                }
                boolean first = strays.isEmpty();
                Stream.of(HookAnswer.values())
                        .filter(answer -> now.straySince(before, answer))
                        .forEach(strays::add);
                left = first && !strays.isEmpty() ? FURTHER_LOOKS : left;
            }
        }
        return new Seen(false, strays);
    }

    /** A status is ours only where the running server counted it; something before it may have answered, too. */
    private Outcome ofStatus(int status, Arrivals.Told before) {
        return Stream.of(HookAnswer.values())
                .filter(answer -> answer.status() == status && counted(answer, before))
                .findFirst()
                .map(this::ofAnswer)
                .orElseGet(() -> missing(
                        "something at " + target + " answers with status " + status
                                + ", and it is not the server that runs here",
                        "see that a proxy before Plumbline passes /webhooks/ on, and that public_url is right"));
    }

    /** Whoever can't be asked is believed. */
    private boolean counted(HookAnswer answer, Arrivals.Told before) {
        return !(before instanceof Arrivals.Told.Counts then)
                || !(arrivals.of(remote) instanceof Arrivals.Told.Counts now)
                || now.since(then, answer);
    }

    private Outcome ofAnswer(HookAnswer answer) {
        String forge = remote.forge().name();
        return switch (answer) {
            case TAKEN, REPEATED, NOT_OF_INTEREST -> arrived();
            case NOT_GENUINE -> new Outcome(anotherSecret(), true);
            case UNKNOWN_REPOSITORY ->
                missing(
                        "it arrived, and the server knows no repository " + remote.path() + " there",
                        "start the server again with this server.yaml; name a renamed repository anew in 'repositories'");
            case NO_SUCH_FORGE ->
                missing(
                        "it arrived, and the server knows no forge " + forge + " with a webhook_secret",
                        "start the server again with this server.yaml");
            case MALFORMED, TOO_LARGE ->
                missing(
                        "it arrived, and could not be read (" + answer.word() + ")",
                        "see what stands between the forge and Plumbline");
        };
    }

    private Finding anotherSecret() {
        return Finding.missing(
                ABOUT,
                "it arrived, and was refused: it was signed with another secret than the server's webhook_secret of the"
                        + " forge " + remote.forge().name(),
                fix
                        ? "start the server again with this server.yaml: it still knows another secret"
                        : "'--fix' gives the webhook the secret of this server.yaml");
    }

    private static Outcome arrived() {
        return Outcome.of(Finding.ok(ABOUT, "it arrived"));
    }

    private static Outcome missing(String found, String mend) {
        return Outcome.of(Finding.missing(ABOUT, found, mend));
    }
}
