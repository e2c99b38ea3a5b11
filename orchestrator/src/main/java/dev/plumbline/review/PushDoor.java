package dev.plumbline.review;

import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Remotes;
import dev.plumbline.git.server.Push;
import dev.plumbline.git.server.PushListener;
import dev.plumbline.git.server.PushTerminal;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Feed;
import dev.plumbline.store.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where pushes to the built-in forge come in: each movement is written down before any ref moves; then the push stays open and shows
 * what it caused, until all of it has ended or waits for a person. The client going away stops nothing.
 */
final class PushDoor implements PushListener {
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Fewer than the web server has threads for: each open push keeps one. */
    private static final int MOST_OPEN = 100;

    /** What more branches cause would run off the screen, and take as long as all their plans. */
    private static final int MOST_BRANCHES = 50;

    private static final String DETACH = "detach";
    private static final String STOPPING = "the server is stopping; what this push caused goes on at its next start";

    private final Remotes remotes;
    private final Arrivals arrivals;
    private final Pushes pushes;
    private final Changes changes;
    private final Merges merges;
    private final Intents intents;
    private final Advances advances;
    private final Feed feed;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean stopping;

    PushDoor(
            Remotes remotes,
            Arrivals arrivals,
            Pushes pushes,
            Changes changes,
            Merges merges,
            Intents intents,
            Advances advances,
            Feed feed) {
        this.remotes = remotes;
        this.arrivals = arrivals;
        this.pushes = pushes;
        this.changes = changes;
        this.merges = merges;
        this.intents = intents;
        this.advances = advances;
        this.feed = feed;
    }

    @Override
    public List<Refusal> beforeAccept(Push push) {
        Optional<Remote> elsewhere = remotes.of(push.repository());
        if (elsewhere.isPresent()) {
            String why = push.repository() + " mirrors " + elsewhere.get().shown() + ": push there";
            return push.changes().stream()
                    .map(ref -> new Refusal(ref.ref(), why))
                    .toList();
        }
        arrivals.record(List.of(push), null);
        return List.of();
    }

    @Override
    public void accepted(Push push, PushTerminal terminal) {
        long from = feed.last();
        List<Long> movements = arrivals.came(List.of(push));
        tagWords(push).ifPresent(words -> say(terminal, words));
        if (push.options().contains(DETACH)) {
            say(terminal, "left at once, as asked; see plumbline status");
            return;
        }
        if (movements.size() > MOST_BRANCHES) {
            say(
                    terminal,
                    movements.size()
                            + " branches moved, so this push doesn't wait for what they cause; see plumbline status"
                            + " and plumbline changes");
            return;
        }
        try {
            if (open.incrementAndGet() > MOST_OPEN) {
                say(terminal, MOST_OPEN + " pushes are open already, so this one doesn't wait; see plumbline status");
                return;
            }
            watch(movements, from, terminal);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            say(terminal, STOPPING);
        } finally {
            open.decrementAndGet();
        }
    }

    private static Optional<String> tagWords(Push push) {
        Map<Boolean, Long> tags = push.changes().stream()
                .filter(ref -> ref.branch().isEmpty())
                .collect(Collectors.partitioningBy(ref -> ref.after().isPresent(), Collectors.counting()));
        String words = Stream.of(tags.get(true) + " kept", tags.get(false) + " deleted")
                .filter(count -> !count.startsWith("0 "))
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? Optional.empty() : Optional.of("tags: " + words + "; only branches are planned");
    }

    /** Lets every open push go, each with a word of why. */
    void stop() throws InterruptedException {
        stopping = true;
        for (int looks = 0; open.get() > 0 && looks < 10; looks++) {
            feed.wake();
            feed.await(LOOK);
        }
    }

    private void watch(List<Long> movements, long from, PushTerminal terminal) throws InterruptedException {
        Map<Subject, Long> shown = new HashMap<>();
        boolean settled = false;
        while (!settled && !stopping && !terminal.gone()) {
            // Read before the lines are: what is said until it is settled is shown, too.
            List<String> troubles = troubles(movements);
            settled = !troubles.isEmpty() || movements.stream().allMatch(this::settled);
            show(subjects(movements), shown, from, terminal);
            troubles.forEach(trouble -> say(terminal, trouble));
            if (!settled) {
                feed.await(LOOK);
            }
        }
        if (stopping && !settled) {
            say(terminal, STOPPING);
        }
        movements.stream().flatMap(id -> lastWords(id).stream()).forEach(words -> say(terminal, words));
    }

    private void show(List<Subject> subjects, Map<Subject, Long> shown, long from, PushTerminal terminal) {
        List<Feed.Line> lines = new ArrayList<>();
        for (Subject subject : subjects) {
            List<Feed.Line> fresh = feed.after(subject, shown.getOrDefault(subject, from));
            fresh.forEach(line -> shown.put(subject, line.seq()));
            lines.addAll(fresh);
        }
        lines.stream()
                .sorted(Comparator.comparingLong(Feed.Line::seq))
                .map(Feed.Line::text)
                .forEach(terminal::println);
    }

    private List<Subject> subjects(List<Long> movements) {
        List<Subject> subjects = new ArrayList<>();
        for (long id : movements) {
            Pushes.Movement movement = pushes.find(id).orElseThrow();
            subjects.add(movement.subject());
            Subject watch = movement.watch();
            if (watch != null) {
                subjects.add(watch);
                if (watch.kind().equals("merge")) {
                    intents.ofMerge(watch.number()).forEach(intent -> subjects.add(intent.subject()));
                }
            }
        }
        return subjects;
    }

    /** What keeps any of it from going on; it is tried again and again, but nobody should wait for that. */
    private List<String> troubles(List<Long> movements) {
        return subjects(movements).stream()
                .flatMap(subject -> advances.trouble(subject).stream()
                        .map(trouble -> subject + " can't go on: " + TerminalText.safe(trouble)
                                + "; it is tried again, see the server's log"))
                .toList();
    }

    private boolean settled(long id) {
        Pushes.Movement movement = pushes.find(id).orElseThrow();
        Subject watch = movement.watch();
        if (!movement.handled() || watch == null) {
            return movement.handled();
        }
        if (watch.kind().equals("merge")) {
            return intents.ofMerge(watch.number()).stream()
                    .allMatch(intent -> intent.state().settled());
        }
        Change change = changes.find(watch.number()).orElseThrow();
        boolean movedOn = !change.head().equals(movement.after());
        return movedOn || change.state() != ChangeState.PLANNING;
    }

    private Optional<String> lastWords(long id) {
        Pushes.Movement movement = pushes.find(id).orElseThrow();
        Subject watch = movement.watch();
        if (watch == null) {
            return Optional.empty();
        }
        if (watch.kind().equals("merge")) {
            return mergeWords(watch.number());
        }
        return changes.find(watch.number())
                .filter(change -> !change.head().equals(movement.after()))
                .map(change -> change.id() + ": superseded by " + change.head().abbreviated());
    }

    private Optional<String> mergeWords(long merge) {
        List<Intent> all = intents.ofMerge(merge);
        if (all.isEmpty() || merges.failure(merge).isPresent()) {
            return Optional.empty();
        }
        Map<IntentState, Long> counts = all.stream()
                .collect(Collectors.groupingBy(
                        Intent::state, () -> new EnumMap<>(IntentState.class), Collectors.counting()));
        String words = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
        boolean failed = counts.containsKey(IntentState.FAILED) || counts.containsKey(IntentState.CANCELLED);
        boolean waits = counts.containsKey(IntentState.AWAITING_APPROVAL);
        return Optional.of("done: " + words + (waits ? "; plumbline approve --all approves what awaits it" : "")
                + (failed ? "; mend it and push again, or plumbline retry --all" : ""));
    }

    private static void say(PushTerminal terminal, String lines) {
        lines.lines().forEach(terminal::println);
    }
}
