package dev.plumbline.forge.inspect;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.hook.HookAnswer;
import dev.plumbline.forge.inspect.Inspection.Hook;
import dev.plumbline.forge.inspect.Inspection.Sent;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that a forge sends because it is asked to, and what became of it: by the forge's own record where it keeps one, else by
 * what the running server counted.
 */
record TestDelivery(Inspection inspection, Arrivals arrivals, Remote remote, URI target, boolean fix) {
    private static final String ABOUT = "test delivery";
    /** Forges send within a second or two, one after the other. */
    private static final int LOOKS = 40;

    /** @param secretDiffers whether the forge signs with another secret than ours */
    record Outcome(Finding finding, boolean secretDiffers) {
        private static Outcome of(Finding finding) {
            return new Outcome(finding, false);
        }
    }

    Outcome send(Hook hook) {
        Arrivals.Told before = arrivals.of(remote.forge().name());
        Answer<Sent> sent = inspection.test(remote, hook, arrivals::pause);
        return sent instanceof Answer.Given<Sent> given
                ? outcome(given.value(), before)
                : Outcome.of(Finding.missing(ABOUT, sent.failure().orElseThrow()));
    }

    private Outcome outcome(Sent sent, Arrivals.Told before) {
        if (sent instanceof Sent.Answered answered) {
            return ofStatus(answered.status());
        }
        if (sent instanceof Sent.Undelivered undelivered) {
            return missing("the forge could not deliver it: " + undelivered.words(), inspection.obstacle(target));
        }
        if (sent instanceof Sent.Impossible impossible) {
            return Outcome.of(Finding.warning(ABOUT, impossible.words(), ""));
        }
        if (before instanceof Arrivals.Told.Counts counts) {
            return seen(counts);
        }
        Arrivals.Told.Silent silent = (Arrivals.Told.Silent) before;
        return Outcome.of(Finding.warning(
                ABOUT,
                "it was sent, and nobody can tell from here whether it arrived: " + silent.sentence(),
                silent.next()));
    }

    private Outcome seen(Arrivals.Told.Counts before) {
        for (int look = 0; look < LOOKS; look++) {
            arrivals.pause();
            if (arrivals.of(remote.forge().name()) instanceof Arrivals.Told.Counts now) {
                Optional<HookAnswer> answer = Stream.of(HookAnswer.values())
                        .filter(one -> now.since(before, one))
                        .findFirst();
                if (answer.isPresent()) {
                    return ofAnswer(answer.get());
                }
            }
        }
        return missing("the forge was asked for one, and nothing arrived at " + target, inspection.obstacle(target));
    }

    private Outcome ofStatus(int status) {
        return Stream.of(HookAnswer.values())
                .filter(answer -> answer.status() == status)
                .findFirst()
                .map(this::ofAnswer)
                .orElseGet(() -> missing(
                        "something at " + target + " answers with status " + status + ", as Plumbline never does",
                        "see that a proxy before Plumbline passes /webhooks/ on, and that public_url is right"));
    }

    private Outcome ofAnswer(HookAnswer answer) {
        String forge = remote.forge().name();
        return switch (answer) {
            case TAKEN, REPEATED, NOT_OF_INTEREST -> Outcome.of(Finding.ok(ABOUT, "it arrived"));
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

    private static Outcome missing(String found, String mend) {
        return Outcome.of(Finding.missing(ABOUT, found, mend));
    }
}
