package dev.plumbline.forge;

import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitException;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import dev.plumbline.git.server.Push;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one remote where that is due, and lets the mirror follow; what goes wrong is kept with its time and tried again. */
final class RemoteAdvance implements Advancer {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteAdvance.class);
    /** After so many looks in a row that failed, one pull request of which a forge can't tell keeps the others waiting no longer. */
    private static final int PATIENT = 10;

    private final Remotes remotes;
    private final Map<String, Ways> ways;
    private final PullBook pulls;
    private final PullListener news;
    private final Conversations conversations;
    private final ForkNotice forkNotice;
    private final ForkHeads forkHeads;
    private final Mirrors mirrors;
    private final Database database;
    private final RemoteBook book;
    private final Branches branches;
    private final Clock clock;
    private final LookPace pace;
    private final Semaphore slots;

    /**
     * How a forge is spoken with.
     *
     * @param pulls empty where every branch is a change
     */
    record Ways(Forge git, Optional<PullForge> pulls, Delivery delivery) {}

    /**
     * @param ways by the forges' names
     * @param slots how many remotes may be looked at at the same time: each holds a thread of those that runs need
     */
    RemoteAdvance(
            Remotes remotes,
            Map<String, Ways> ways,
            PullBook pulls,
            PullListener news,
            Conversations conversations,
            Mirrors mirrors,
            Database database,
            RemoteBook book,
            Branches branches,
            Clock clock,
            RandomGenerator random,
            Semaphore slots) {
        this.remotes = remotes;
        this.ways = Map.copyOf(ways);
        this.pulls = pulls;
        this.forkNotice = new ForkNotice(pulls, clock);
        this.forkHeads = new ForkHeads(clock);
        this.news = news;
        this.conversations = conversations;
        this.mirrors = mirrors;
        this.database = database;
        this.book = book;
        this.branches = branches;
        this.clock = clock;
        this.pace = new LookPace(clock, random);
        this.slots = slots;
    }

    @Override
    public void advance(long id) {
        Optional<RemoteBook.Row> row = book.find(id);
        Optional<Remote> remote = row.flatMap(found -> remotes.of(found.repository()));
        // Where all slots are taken, it stays due, and the next tick marks it again.
        if (row.isPresent() && remote.isPresent() && slots.tryAcquire()) {
            try {
                if (row.get().due(clock.instant())) {
                    look(row.get(), remote.get());
                } else {
                    tell(row.get(), remote.get());
                }
            } finally {
                slots.release();
            }
        }
    }

    /** Between two looks. Where it can't be told so, a look finds out what is wrong, and tells it then. */
    private void tell(RemoteBook.Row row, Remote remote) {
        if (row.failures() > 0) {
            return;
        }
        Ways way = Optional.ofNullable(ways.get(remote.forge().name())).orElseThrow();
        Optional<Delivery.Parcel> parcel = way.delivery().packBetweenLooks(remote);
        if (parcel.isEmpty()) {
            return;
        }
        boolean told = !(parcel.get().report() && moved(row, remote, way))
                && parcel.get()
                        .deliver(mirrors.openOrCreate(remote.repository()))
                        .isEmpty();
        if (!told || parcel.get().full()) {
            database.change(transaction -> book.hurry(transaction, row));
        }
    }

    /**
     * Whether main may have moved since it was seen. Asked after a report was packed and before it is told: whoever reads it and
     * merges for it moves main after that, so what they read counts as seen.
     */
    private boolean moved(RemoteBook.Row row, Remote remote, Ways way) {
        Mirror mirror = mirrors.openOrCreate(remote.repository());
        Instant asked = clock.instant();
        boolean unmoved = mirror.main().isPresent()
                && way.pulls()
                        .map(forge -> forge.tip(remote, mirror.mainBranch()))
                        .filter(tip -> tip instanceof Answer.Given<Optional<CommitSha>> given
                                && given.value().equals(mirror.main()))
                        .isPresent();
        if (unmoved) {
            database.change(transaction -> book.unmoved(transaction, row, asked));
        }
        return !unmoved;
    }

    private void look(RemoteBook.Row row, Remote remote) {
        Ways way = Optional.ofNullable(ways.get(remote.forge().name())).orElseThrow();
        Delivery.Parcel parcel = way.delivery().pack(row, remote);
        Instant began = clock.instant();
        // Before the branches: one that is closed by then was merged by a main that is seen after it.
        Answer<Followed> followed = way.pulls()
                .map(forge -> new OpenPulls(pulls)
                        .of(remote, forge, row.failures() < PATIENT)
                        .then(listed -> followed(remote, listed)))
                .orElse(new Answer.Given<>(Followed.all()));
        if (followed instanceof Answer.Failed<Followed> failed) {
            failed(row, remote, failed.trouble());
            return;
        }
        Look look = way.git().look(remote);
        if (look instanceof Look.Failed failed) {
            failed(row, remote, failed.trouble());
            return;
        }
        try {
            takeIn(row, remote, way, (Look.Seen) look, ((Answer.Given<Followed>) followed).value(), began, parcel);
        } catch (GitException broken) {
            LOG.warn("the mirror of {} can't follow", remote.shown(), broken);
            failed(row, remote, new Trouble(Kind.HERE, String.valueOf(broken.getMessage())));
        }
    }

    private Answer<Followed> followed(Remote remote, OpenPulls.Listed listed) {
        database.change(transaction -> {
            pulls.seen(transaction, remote.repository(), listed, news);
            if (!remote.forge().kind().reviewsShow()) {
                news.looked(transaction, remote.repository());
            }
        });
        return new Answer.Given<>(Followed.of(listed.open()));
    }

    private void takeIn(
            RemoteBook.Row row,
            Remote remote,
            Ways way,
            Look.Seen seen,
            Followed followed,
            Instant began,
            Delivery.Parcel parcel) {
        Mirror mirror = mirrors.openOrCreate(remote.repository());
        Trunk trunk = Trunk.of(remote, mirror, seen);
        if (!seen.heads().equals(hexes(mirror.remoteHeads().all()))
                && !seen.heads().isEmpty()) {
            mirror.remoteHeads().keep(seen.heads().keySet());
            Optional<Trouble> trouble = way.git().fetch(remote, mirror);
            if (trouble.isPresent()) {
                failed(row, remote, trouble.get());
                return;
            }
        }
        Optional<Trouble> unmerged = way.pulls().flatMap(forge -> merged(remote, forge, way.git(), mirror, trunk));
        if (unmerged.isPresent()) {
            failed(row, remote, unmerged.get());
            return;
        }
        Map<Long, CommitSha> vouched = pulls.vouched(remote.repository());
        Followed into = followed.into(trunk, vouched, remote.forge().kind().queues());
        Optional<Trouble> leftOut = forkHeads.fetch(remote, way.git(), mirror, into.forks());
        List<Push> movements = seen.heads().isEmpty() ? List.of() : Branches.movements(remote, mirror, trunk, into);
        Instant unmoved = row.seenAt() == null ? Instant.EPOCH : row.seenAt();
        branches.follow(mirror, trunk, movements, unmoved);
        if (row.trouble() == null) {
            trunk.attention().ifPresent(attention -> LOG.warn("{}", attention.sentence()));
        }
        // After the branches: what is said of a pull request may be about what was pushed just before.
        Optional<Trouble> unheard = way.pulls().flatMap(forge -> conversations.follow(remote, forge));
        // After what was put together before: of a fork's older commits, too, though a newer one waits.
        Optional<Trouble> told = parcel.deliver(mirror)
                .or(() -> way.pulls()
                        .filter(forge -> unheard.isEmpty())
                        .flatMap(forge -> forkNotice.tell(remote, followed.waiting(trunk, vouched), forge)));
        Trouble attention = trunk.attention()
                .or(() -> leftOut)
                .or(() -> forkNotice.leftAlone(remote))
                .or(() -> way.delivery().leftAlone(remote))
                .orElse(null);
        Optional<Trouble> untold = unheard.or(() -> told);
        if (untold.isPresent()) {
            database.change(transaction -> book.seen(transaction, row, began, began, row.news(), attention));
            failed(row, remote, untold.get());
            return;
        }
        String news = news(seen, movements, row.news(), way.pulls().isPresent());
        Duration pause = parcel.full() ? Duration.ZERO : pace.pause(remote, !movements.isEmpty());
        Instant next = clock.instant().plus(pause);
        database.change(transaction -> book.seen(transaction, row, began, next, news, attention));
        if (row.failures() > 0) {
            LOG.info("{} can be read again", remote.shown());
        }
    }

    /** Where main moved, which pull requests it merged is asked before that is taken in. */
    private Optional<Trouble> merged(Remote remote, PullForge forge, Forge git, Mirror mirror, Trunk trunk) {
        Optional<CommitSha> before = mirror.main();
        Optional<CommitSha> after =
                Optional.ofNullable(mirror.remoteHeads().all().get(trunk.branch()));
        // What was merged into a branch before that was applied is no news.
        return trunk.moves() || before.isEmpty() || after.isEmpty() || before.equals(after)
                ? Optional.empty()
                : new MergedPulls(pulls, database)
                        .follow(remote, forge, git, mirror, trunk.branch(), before.get(), after.get());
    }

    private static Map<String, String> hexes(Map<String, CommitSha> heads) {
        return heads.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().hex()));
    }

    private static String news(Look.Seen seen, List<Push> movements, String before, boolean pulls) {
        if (seen.heads().isEmpty()) {
            return "it is empty: push a branch to it";
        }
        if (movements.isEmpty()) {
            return before.startsWith("it is empty") || before.startsWith("not looked") ? "nothing moved" : before;
        }
        return movements.stream().limit(5).map(push -> words(push, pulls)).collect(Collectors.joining(", "))
                + (movements.size() > 5 ? " and " + (movements.size() - 5) + " more" : "");
    }

    /** @param pulls whether only branches with a pull request count */
    private static String words(Push push, boolean pulls) {
        String branch = TerminalText.safeLine(Branches.change(push).branch().orElseThrow());
        return Branches.change(push)
                .after()
                .map(commit -> branch + " moved to " + commit.abbreviated())
                .orElse(pulls ? "no pull request of " + branch + " is open any more" : branch + " was deleted");
    }

    private void failed(RemoteBook.Row row, Remote remote, Trouble trouble) {
        Instant soon = clock.instant().plus(pace.pauseAfterFailures(remote, row.failures()));
        Instant next = trouble.notBefore().filter(soon::isBefore).orElse(soon);
        database.change(transaction -> book.failed(transaction, row, trouble, next));
        Trouble before = row.trouble();
        // Once when it begins and when it changes, not at each try.
        if (before == null || before.kind() != trouble.kind()) {
            LOG.warn("{}", trouble.sentence());
        }
    }
}
