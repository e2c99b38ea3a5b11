package dev.plumbline.forge;

import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.git.Mirror;
import dev.plumbline.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what the outbox holds on pull requests: one comment each, edited in place, and statuses beside the commits. The comment is
 * found again by its marker, so that a crash between writing it and writing its id down makes no second one.
 */
final class PullDelivery implements Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(PullDelivery.class);
    /** What hits one hits all. */
    private static final Set<Kind> LASTING = Set.of(Kind.UNREACHABLE, Kind.LIMITED, Kind.HERE);

    private final Outbox outbox;
    private final PullText text;
    private final PullBook book;
    private final Database database;
    private final PullForge forge;

    PullDelivery(Outbox outbox, PullText text, PullBook book, Database database, PullForge forge) {
        this.outbox = outbox;
        this.text = text;
        this.book = book;
        this.database = database;
        this.forge = forge;
    }

    /** What marks our comment on the pull request of a change. */
    static String marker(long change) {
        return "<!-- plumbline change " + change + " -->";
    }

    /** @param post empty where only a commit has statuses */
    private record Letter(Outbox.Due due, Optional<PullText.Post> post, List<CommitStatus> statuses) {}

    @Override
    public Parcel pack(RemoteBook.Row row, Remote remote) {
        List<Letter> letters = new ArrayList<>();
        for (Outbox.Due due : outbox.due(remote.repository())) {
            letters.add(letter(due, longest(remote)));
        }
        return new Letters(remote, letters);
    }

    private Letter letter(Outbox.Due due, int longest) {
        if (!due.about().kind().equals("change")) {
            return new Letter(due, Optional.empty(), text.of(due.about(), due.commit()));
        }
        Optional<PullText.Post> post = text.of(due.about().number(), longest);
        return new Letter(due, post, post.map(PullText.Post::statuses).orElse(List.of()));
    }

    /** What is left of the forge's limit beside the marker. */
    private static int longest(Remote remote) {
        return remote.forge().kind().longestComment() - marker(Long.MAX_VALUE).length() - 1;
    }

    private final class Letters implements Parcel {
        private final Remote remote;
        private final List<Letter> letters;

        Letters(Remote remote, List<Letter> letters) {
            this.remote = remote;
            this.letters = letters;
        }

        @Override
        public boolean full() {
            return letters.size() >= Outbox.AT_ONCE;
        }

        @Override
        public Optional<Trouble> deliver(Mirror mirror) {
            Optional<Trouble> first = Optional.empty();
            for (Letter letter : letters) {
                Optional<Trouble> trouble = deliver(letter);
                if (trouble.map(Trouble::kind).filter(LASTING::contains).isPresent()) {
                    return trouble;
                }
                if (trouble.map(Trouble::kind).filter(Kind.CREDENTIALS::equals).isPresent()) {
                    // Perhaps on this one only, a locked conversation: the others are told, and it is tried again.
                    first = first.or(() -> trouble);
                    continue;
                }
                trouble.ifPresent(
                        refused -> LOG.warn("{} is not told: {}", letter.due().about(), refused.sentence()));
                database.change(transaction -> outbox.told(transaction, remote.repository(), List.of(letter.due())));
            }
            return first;
        }

        private Optional<Trouble> deliver(Letter letter) {
            Optional<Trouble> trouble = letter.post()
                    .flatMap(post -> book.ofChange(letter.due().about().number())
                            .flatMap(pull -> comment(pull, post.markdown())));
            for (CommitStatus status : letter.statuses()) {
                if (trouble.isEmpty()) {
                    trouble = status(status);
                }
            }
            return trouble;
        }

        private Optional<Trouble> comment(PullBook.Entry entry, String markdown) {
            long change = Optional.ofNullable(entry.change()).orElseThrow();
            long pull = entry.pull().number();
            String body = marker(change) + "\n" + markdown;
            Answer<Optional<Long>> known = entry.comment() == null
                    ? forge.findComment(remote, pull, marker(change))
                    : new Answer.Given<>(Optional.of(entry.comment()));
            Answer<PullForge.Written> written = known.then(id -> id.isEmpty()
                    ? forge.comment(remote, pull, body)
                    : forge.edit(remote, pull, id.get(), body)
                            .then(there -> there.<Answer<PullForge.Written>>map(Answer.Given::new)
                                    // Somebody deleted it.
                                    .orElseGet(() -> forge.comment(remote, pull, body))));
            if (written instanceof Answer.Given<PullForge.Written> given
                    && !Objects.equals(given.value().id(), entry.comment())) {
                book.commented(entry, given.value().id());
            }
            return written.failure();
        }

        private Optional<Trouble> status(CommitStatus status) {
            return forge.status(remote, status).failure();
        }
    }
}
