package dev.plumbline.forge;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Watches the repositories that live elsewhere: the front door of this package. */
public final class RemoteWatch {
    /** The kind of the subjects that are advanced here. */
    public static final String KIND = "remote";
    /** How many remotes are looked at at the same time. */
    public static final int AT_ONCE = 4;

    private final Remotes remotes;
    private final Mirrors mirrors;
    private final Database database;
    private final Advances advances;
    private final Outbox outbox;
    private final Clock clock;
    private final RemoteBook book;
    private final GitProgram git;
    private final Conversations conversations;
    private final RemoteAdvance advance;

    /**
     * Where a remote stands.
     *
     * @param id names it for {@link #find}
     * @param branch the one that is applied
     * @param seenAt when it was last seen; null before the first time
     * @param trouble what keeps it from being seen, or needs a person; null where nothing does
     * @param since when that began
     * @param news what the last look found
     * @param notesRefused why the forge takes no notes; null where it does, or was not asked
     * @param nextAt when it is looked at again
     * @param asked whether somebody waits for a look
     */
    public record Standing(
            long id,
            Remote remote,
            String branch,
            @Nullable Instant seenAt,
            @Nullable Trouble trouble,
            @Nullable Instant since,
            int failures,
            String news,
            @Nullable String notesRefused,
            Instant nextAt,
            boolean asked) {}

    /**
     * @param pulls what is known of pull requests
     * @param pullText what they are told
     * @param news hears what changed of them
     * @param comments hears what is said on them
     * @param pullForges speak with those forges that have them, by name
     * @param scratch a folder of this server's own, in which credentials stand while git is called
     * @param environment the server's own
     */
    public RemoteWatch(
            ServerConfig config,
            Remotes remotes,
            Mirrors mirrors,
            Database database,
            Advances advances,
            BranchListener listener,
            Outbox outbox,
            NoteText text,
            PullBook pulls,
            PullText pullText,
            PullListener news,
            CommentListener comments,
            Map<String, PullForge> pullForges,
            Path scratch,
            Map<String, String> environment,
            Clock clock,
            RandomGenerator random) {
        this.remotes = remotes;
        this.mirrors = mirrors;
        this.database = database;
        this.advances = advances;
        this.outbox = outbox;
        this.clock = clock;
        this.book = new RemoteBook(database);
        this.conversations = new Conversations(database, comments);
        this.git = new GitProgram(scratch, environment, config.push().maxSize().bytes());
        PlainGit plain = new PlainGit(git, new GitLogins(pullForges), clock);
        Map<String, RemoteAdvance.Ways> ways = new HashMap<>();
        for (ForgeConfig forge : config.forges()) {
            Optional<PullForge> api = Optional.ofNullable(pullForges.get(forge.name()));
            Delivery delivery = api.<Delivery>map(
                            spoken -> new PullDelivery(outbox, pullText, pulls, database, spoken, clock))
                    .orElseGet(() -> new NoteDelivery(outbox, text, database, book, plain, clock));
            ways.put(forge.name(), new RemoteAdvance.Ways(plain, api, delivery));
        }
        this.advance = new RemoteAdvance(
                remotes,
                ways,
                pulls,
                news,
                conversations,
                mirrors,
                database,
                book,
                new Branches(listener),
                clock,
                random,
                new Semaphore(AT_ONCE));
    }

    /** Advances the subjects of kind {@link #KIND}. */
    public Map<String, Advancer> advancers() {
        return Map.of(KIND, advance);
    }

    /** To be called once at each start: every remote is due. */
    public void begin() {
        git.sweep();
        database.change(transaction -> remotes.all().forEach(remote -> {
            book.open(transaction, remote.repository());
            conversations.begin(transaction, remote);
        }));
    }

    /** Marks the remotes that are due, or to be told something. To be called every second or so; costs two small queries. */
    public void tick() {
        List<RemoteBook.Row> due = Stream.concat(
                        book.due(clock.instant()).stream()
                                .filter(row -> remotes.of(row.repository()).isPresent()),
                        toBeTold())
                .limit(AT_ONCE)
                .toList();
        if (!due.isEmpty()) {
            database.change(transaction -> due.forEach(row -> advances.mark(transaction, row.subject())));
        }
    }

    /** One that can't be reached is told in its own time, by the look that finds it again. */
    private Stream<RemoteBook.Row> toBeTold() {
        return outbox.repositories(clock.instant()).stream()
                .filter(repository -> remotes.of(repository)
                        .filter(remote -> remote.forge().kind().pulls())
                        .isPresent())
                .flatMap(repository -> database.read(handle -> book.find(handle, repository)).stream())
                .filter(row -> row.failures() == 0);
    }

    /**
     * Looks now instead of waiting.
     *
     * @return the remote's id; empty where the repository lives here
     */
    public Optional<Long> ask(String repository, String actor) {
        if (remotes.of(repository).isEmpty()) {
            return Optional.empty();
        }
        return database.write(transaction -> {
            Optional<RemoteBook.Row> row = book.find(transaction.handle(), repository);
            row.ifPresent(found -> {
                book.ask(transaction, found.id());
                outbox.hurry(transaction, repository);
                transaction.record(actor, "fetch", repository, "asked for a look");
                advances.mark(transaction, found.subject());
            });
            return row.map(RemoteBook.Row::id);
        });
    }

    /** All remotes, by their repositories' names. */
    public List<Standing> all() {
        return remotes.all().stream()
                .flatMap(remote -> database.read(handle -> book.find(handle, remote.repository())).stream()
                        .map(row -> standing(remote, row)))
                .toList();
    }

    /** Where a remote stands. */
    public Optional<Standing> find(long id) {
        return book.find(id).flatMap(row -> remotes.of(row.repository()).map(remote -> standing(remote, row)));
    }

    private Standing standing(Remote remote, RemoteBook.Row row) {
        return new Standing(
                row.id(),
                remote,
                mirrors.find(remote.repository())
                        .map(Mirror::mainBranch)
                        .or(remote::branch)
                        .orElse("main"),
                row.seenAt(),
                row.trouble(),
                row.since(),
                row.failures(),
                row.news(),
                row.notesRefused(),
                row.nextAt(),
                row.asked() > row.answered());
    }
}
