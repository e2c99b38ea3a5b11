package dev.plumbline.forge;

import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.git.Mirror;
import dev.plumbline.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what the outbox holds on pull requests: one comment each, edited in place, and statuses beside the commits.
 */
final class PullDelivery implements Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(PullDelivery.class);
    /** Afterwards it is taken for something that will never be had, such as a status too many. */
    private static final Duration LONGEST_REFUSED = Duration.ofHours(1);
    /** How soon it is told again what the forge failed on. */
    private static final Duration UNREACHABLE = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final PullText text;
    private final PullBook book;
    private final Database database;
    private final PullForge forge;
    private final Clock clock;
    private final LeftAlone<Outbox.Letter> leftAlone;

    PullDelivery(Outbox outbox, PullText text, PullBook book, Database database, PullForge forge, Clock clock) {
        this.outbox = outbox;
        this.text = text;
        this.book = book;
        this.database = database;
        this.forge = forge;
        this.clock = clock;
        this.leftAlone = new LeftAlone<>(clock);
    }

    /** What marks our comment on the pull request of a change. */
    static String marker(long change) {
        return Marker.of("change " + change);
    }

    /** @param post empty where only a commit is told of */
    private record Letter(
            Outbox.Due due, Optional<PullText.Post> post, List<CommitStatus> statuses, List<Deployment> deployments) {

        /** What is found in the code of the commit that it is about. */
        Optional<Diagnosis> diagnosis() {
            return post.flatMap(PullText.Post::diagnosis)
                    .filter(found -> found.commit().equals(due.commit()));
        }

        /** Fingerprints of all that hangs on the commit. */
        List<String> told() {
            return Stream.of(statuses.stream(), diagnosis().stream(), deployments.stream())
                    .flatMap(each -> each)
                    .map(PullDelivery::fingerprint)
                    .toList();
        }
    }

    @Override
    public Parcel pack(RemoteBook.Row row, Remote remote) {
        Trouble before = row.trouble();
        Instant since = row.since();
        boolean patient = before == null
                || before.kind() != Kind.REFUSED
                || since == null
                || clock.instant().isBefore(since.plus(LONGEST_REFUSED));
        return new Letters(remote, letters(remote), patient);
    }

    @Override
    public Optional<Trouble> leftAlone(Remote remote) {
        return leftAlone.trouble(remote.repository());
    }

    @Override
    public Optional<Parcel> packBetweenLooks(Remote remote) {
        List<Letter> letters = letters(remote);
        return letters.isEmpty() ? Optional.empty() : Optional.of(new Letters(remote, letters, true));
    }

    private List<Letter> letters(Remote remote) {
        // What is left of the forge's limit beside the marker.
        int longest =
                remote.forge().kind().longestComment() - marker(Long.MAX_VALUE).length() - 1;
        return outbox.due(remote.repository(), clock.instant()).stream()
                .map(due -> letter(due, longest))
                .toList();
    }

    private Letter letter(Outbox.Due due, int longest) {
        if (!due.about().kind().equals("change")) {
            return new Letter(
                    due,
                    Optional.empty(),
                    text.of(due.about(), due.commit()),
                    text.deployments(due.about(), due.commit()));
        }
        Optional<PullText.Post> post = text.of(due.about().number(), longest);
        // Where the change moved on, its new head is told of by itself.
        return new Letter(
                due,
                post,
                post.map(PullText.Post::statuses).orElse(List.of()).stream()
                        .filter(status -> status.commit().equals(due.commit()))
                        .toList(),
                List.of());
    }

    private final class Letters implements Parcel {
        private final Remote remote;
        private final List<Letter> letters;
        private final Set<Kind> kept;

        /** @param patient whether what is refused is tried again */
        Letters(Remote remote, List<Letter> letters, boolean patient) {
            this.remote = remote;
            this.letters = letters;
            this.kept = patient ? Set.of(Kind.CREDENTIALS, Kind.REFUSED, Kind.GONE) : Set.of(Kind.CREDENTIALS);
        }

        @Override
        public boolean full() {
            return letters.size() >= Outbox.MOST;
        }

        @Override
        public boolean report() {
            return letters.stream()
                    .anyMatch(letter ->
                            letter.post().filter(PullText.Post::report).isPresent());
        }

        @Override
        public Optional<Trouble> deliver(Mirror mirror) {
            boolean failing = false;
            for (Letter letter : letters) {
                Optional<Trouble> trouble = comment(letter);
                boolean overtaken = trouble.isEmpty() && outbox.overtaken(remote.repository(), letter.due());
                // Whatever hung there before still does where nobody needs what would have replaced it.
                Collection<String> hanging = letter.due().statuses();
                if (!overtaken && trouble.filter(Trouble::passes).isEmpty()) {
                    // Whoever may not comment there may well set the status that others wait for.
                    Optional<Trouble> unhung = hang(letter);
                    hanging = unhung.isPresent() ? hanging : letter.told();
                    trouble = unhung.filter(Trouble::passes).isPresent() || trouble.isEmpty() ? unhung : trouble;
                }
                if (trouble.filter(Trouble::passes).isPresent()) {
                    // One may be what the forge fails on, ever again; with two it is the forge.
                    if (failing || trouble.get().kind() != Kind.UNREACHABLE) {
                        return trouble;
                    }
                    failing = true;
                    later(letter.due(), trouble.get(), hanging, UNREACHABLE);
                } else if (trouble.map(Trouble::kind).filter(kept::contains).isPresent()) {
                    later(letter.due(), trouble.get(), hanging, LeftAlone.WHILE);
                } else {
                    trouble.ifPresent(refused ->
                            LOG.warn("{} is not told: {}", letter.due().about(), refused.sentence()));
                    told(letter.due(), hanging);
                }
            }
            return Optional.empty();
        }

        private void told(Outbox.Due due, Collection<String> hanging) {
            leftAlone.forget(remote.repository(), due.letter());
            database.change(transaction -> outbox.told(transaction, remote.repository(), due, hanging));
        }

        /** Perhaps on this one only, a locked conversation: all else goes on, and it is tried again. */
        private void later(Outbox.Due due, Trouble trouble, Collection<String> hanging, Duration pause) {
            if (leftAlone.add(remote.repository(), due.letter(), trouble)) {
                LOG.warn("{} can't be told yet: {}", due.about(), trouble.sentence());
            }
            Instant next = clock.instant().plus(pause);
            database.change(transaction -> outbox.later(transaction, remote.repository(), due, hanging, next));
        }

        private Optional<Trouble> comment(Letter letter) {
            return letter.post()
                    .flatMap(
                            post -> book.ofChange(letter.due().about().number()).flatMap(pull -> comment(pull, post)));
        }

        /** Hangs on the commit what belongs there and does not hang there yet. */
        private Optional<Trouble> hang(Letter letter) {
            Optional<Trouble> trouble = Optional.empty();
            for (CommitStatus status : letter.statuses()) {
                if (trouble.isEmpty() && !letter.due().statuses().contains(fingerprint(status))) {
                    trouble = forge.status(remote, status).failure();
                }
            }
            return trouble.isPresent() ? trouble : showcase(letter);
        }

        /** What forges may have a place for: whoever gives us no right to it gets the rest all the same. */
        private Optional<Trouble> showcase(Letter letter) {
            List<Supplier<Answer<Boolean>>> calls = new ArrayList<>();
            letter.diagnosis()
                    .filter(found -> !letter.due().statuses().contains(fingerprint(found)))
                    .ifPresent(found -> calls.add(() -> forge.diagnose(remote, found)));
            letter.deployments().stream()
                    .filter(one -> !letter.due().statuses().contains(fingerprint(one)))
                    .forEach(one -> calls.add(() -> forge.deploy(remote, one)));
            for (Supplier<Answer<Boolean>> call : calls) {
                Optional<Trouble> trouble = call.get().failure();
                if (trouble.filter(Trouble::passes).isPresent()) {
                    return trouble;
                }
                trouble.ifPresent(missed -> LOG.info("{}", missed.sentence()));
            }
            return Optional.empty();
        }

        private Optional<Trouble> comment(PullBook.Entry entry, PullText.Post post) {
            long change = Optional.ofNullable(entry.change()).orElseThrow();
            String body = marker(change) + "\n" + post.markdown();
            String told = Fingerprint.of(body);
            if (entry.comment() != null && told.equals(entry.told())) {
                return Optional.empty();
            }
            Answer<PullForge.Written> written =
                    new OwnComment(forge, remote, entry.pull().number(), entry.comment(), marker(change)).says(body);
            if (written instanceof Answer.Given<PullForge.Written> given) {
                book.commented(entry, given.value(), told, post.shown());
            }
            return written.failure();
        }
    }

    /** @param told a record, which says all that it holds */
    private static String fingerprint(Record told) {
        return Fingerprint.of(told.toString());
    }
}
