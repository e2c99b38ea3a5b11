package dev.plumbline.review.command;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Marker;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullForge.Reaction;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Remotes;
import dev.plumbline.forge.Trouble;
import dev.plumbline.review.command.CommandBook.Row;
import dev.plumbline.review.command.CommandBook.State;
import dev.plumbline.review.command.Outcome.Done;
import dev.plumbline.review.command.Outcome.Later;
import dev.plumbline.review.command.Outcome.Refused;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import dev.plumbline.terraform.report.Markdown;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the commands of a pull request one after the other, and answers each: a sign, and words where there is something to say. */
final class CommandAdvance implements Advancer {
    private static final Logger LOG = LoggerFactory.getLogger(CommandAdvance.class);
    /** How soon it is looked at again what a command waits for: the longer it waits, the later. */
    private static final Duration SOONEST = Duration.ofSeconds(2);

    private static final Duration LATEST = Duration.ofSeconds(30);
    /** A pause is so much shorter than the time for which a command has waited. */
    private static final int OF_THE_WAIT = 20;
    /** So long a command waits, and what came of it for its author. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Database database;
    private final Advances advances;
    private final CommandBook book;
    private final Remotes remotes;
    private final Map<String, PullForge> forges;
    private final CommandActs acts;
    private final Clock clock;

    CommandAdvance(
            Database database,
            Advances advances,
            CommandBook book,
            Remotes remotes,
            Map<String, PullForge> forges,
            CommandActs acts,
            Clock clock) {
        this.database = database;
        this.advances = advances;
        this.book = book;
        this.remotes = remotes;
        this.forges = Map.copyOf(forges);
        this.acts = acts;
        this.clock = clock;
    }

    @Override
    public void advance(long id) {
        Optional<Row> row = book.find(id).filter(found -> found.state() != State.TOLD);
        Optional<Remote> remote = row.flatMap(found -> remotes.of(found.repository()));
        Optional<PullForge> forge = remote.flatMap(
                found -> Optional.ofNullable(forges.get(found.forge().name())));
        if (row.isEmpty() || forge.isEmpty()) {
            return;
        }
        if (book.openBeside(row.get()).stream().noneMatch(other -> other.goesBefore(row.get()))) {
            step(row.get(), remote.orElseThrow(), forge.get());
        }
    }

    private void step(Row row, Remote remote, PullForge forge) {
        if (row.state() != State.WAITING && row.state() != State.BEGUN) {
            tell(row, remote, forge);
            return;
        }
        Outcome outcome = CommandText.line(
                        row.line(), row.place(), remote.forge().command())
                .map(line -> outcome(line, row, remote, forge))
                .orElseGet(() -> new Refused("it is not understood any more"));
        if (outcome instanceof Later later && old(row)) {
            ended(row, State.REFUSED, later.why());
        } else if (outcome instanceof Later later) {
            LOG.debug("{} waits: {}", row.line(), later.why());
            again(row, later.passing() ? AskAgain.UNREACHABLE : pause(row));
        } else if (outcome instanceof Done done) {
            ended(row, State.DONE, done.words());
        } else {
            ended(row, State.REFUSED, ((Refused) outcome).why());
        }
    }

    private Outcome outcome(CommandText.Line line, Row row, Remote remote, PullForge forge) {
        if (row.state() == State.WAITING) {
            // Once; whether it gets there doesn't matter.
            forge.react(remote, row.pull(), row.comment(), Reaction.EYES);
            database.change(transaction -> {
                book.move(transaction, row, State.BEGUN, "");
                next(transaction, row);
            });
        }
        return line instanceof CommandText.Understood understood
                ? acts.perform(understood.command(), row, remote, forge)
                : new Refused(((CommandText.NotUnderstood) line).why() + "; "
                        + remote.forge().command()
                        + " help shows the commands. Write it as a new comment: what is edited is not read again");
    }

    private void ended(Row row, State state, String answer) {
        database.change(transaction -> {
            book.move(transaction, row, state, answer);
            advances.mark(transaction, row.subject());
        });
    }

    private Duration pause(Row row) {
        Duration wanted = Duration.between(row.movedAt(), clock.instant()).dividedBy(OF_THE_WAIT);
        return wanted.compareTo(LATEST) > 0 ? LATEST : wanted.compareTo(SOONEST) < 0 ? SOONEST : wanted;
    }

    /** Nobody waits for it any more, nor for its answer. */
    private boolean old(Row row) {
        return clock.instant().isAfter(row.movedAt().plus(LONGEST));
    }

    private void again(Row row, Duration within) {
        database.change(transaction -> advances.mark(transaction, row.subject(), within));
    }

    /** The answer's marker lets it be found again after a crash, so that nobody is told twice. */
    private void tell(Row row, Remote remote, PullForge forge) {
        Reaction sign = row.state() == State.DONE ? Reaction.THUMBS_UP : Reaction.THUMBS_DOWN;
        Answer<?> told = forge.react(remote, row.pull(), row.comment(), sign);
        if (!row.answer().isEmpty()) {
            String marker = Marker.of("answer " + row.comment() + "." + row.place());
            told = forge.findComment(remote, row.pull(), marker)
                    .then(there -> there.isPresent()
                            ? new Answer.Given<>(there.get())
                            : forge.comment(remote, row.pull(), marker + "\n" + words(row))
                                    .then(written -> new Answer.Given<>(written.id())));
        }
        Optional<Trouble> trouble = told.failure();
        boolean waits = trouble.filter(found -> found.passes() || found.kind() == Trouble.Kind.CREDENTIALS && !old(row))
                .isPresent();
        if (waits) {
            again(row, AskAgain.after(trouble.orElseThrow()));
            return;
        }
        trouble.ifPresent(lasting -> LOG.warn("who wrote '{}' can't be answered: {}", row.line(), lasting.sentence()));
        database.change(transaction -> {
            book.move(transaction, row, State.TOLD, row.answer());
            next(transaction, row);
        });
    }

    private void next(Transaction transaction, Row row) {
        book.openBeside(row).stream()
                .filter(other -> other.id() != row.id())
                .forEach(other -> advances.mark(transaction, other.subject()));
    }

    private static String words(Row row) {
        String answer = row.state() == State.DONE ? row.answer() : Markdown.inline(row.answer());
        return "> " + Markdown.inline(row.line()) + "\n\n" + answer + "\n";
    }
}
