package dev.plumbline.forge;

import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.git.CommitNotes;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.RemoteHeads;
import dev.plumbline.process.CommandResult;
import dev.plumbline.secret.TerminalText;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Any Git server, by Git alone: a path, http, https or ssh. */
final class PlainGit implements Forge {
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration FETCH = Duration.ofMinutes(15);
    private static final String HEADS = "refs/heads/";
    private static final int MOST_BRANCHES = 100_000;
    private static final int LONGEST_LINE = 2_000;

    private static final int TRIES = 3;

    private final GitProgram git;
    private final GitLogins logins;
    private final Clock clock;

    PlainGit(GitProgram git, GitLogins logins, Clock clock) {
        this.git = git;
        this.logins = logins;
        this.clock = clock;
    }

    @Override
    public Look look(Remote remote) {
        List<String> lines = new ArrayList<>();
        boolean[] endless = {false};
        Answer<CommandResult> result = run(
                remote, List.of("ls-remote", "--symref", "--", remote.address(), "HEAD", HEADS + "*"), LOOK, line -> {
                    endless[0] |= lines.size() >= MOST_BRANCHES || line.length() > LONGEST_LINE;
                    if (!endless[0]) {
                        lines.add(line);
                    }
                });
        if (endless[0]) {
            return new Look.Failed(
                    new Trouble(Kind.REFUSED, remote.shown() + " lists more than " + MOST_BRANCHES + " branches"));
        }
        return trouble(remote, result).<Look>map(Look.Failed::new).orElseGet(() -> seen(lines));
    }

    private Answer<CommandResult> run(Remote remote, List<String> words, Duration limit, Consumer<String> eachLine) {
        return logins.of(remote).then(login -> new Answer.Given<>(git.run(remote, login, words, limit, eachLine)));
    }

    /** What kept a call from ending well. */
    private static Optional<Trouble> trouble(Remote remote, Answer<CommandResult> result) {
        if (result instanceof Answer.Given<CommandResult> ended) {
            return ok(ended.value()) ? Optional.empty() : Optional.of(new Troubles(remote).of(ended.value()));
        }
        return result.failure();
    }

    private static Look seen(List<String> lines) {
        SortedMap<String, String> heads = new TreeMap<>();
        Optional<String> named = Optional.empty();
        String head = "";
        for (String line : lines) {
            String[] parts = line.split("\t", 2);
            if (parts.length != 2) {
                continue;
            }
            if (parts[0].startsWith("ref: " + HEADS) && parts[1].equals("HEAD")) {
                named = Optional.of(parts[0].substring(("ref: " + HEADS).length()));
            } else if (parts[1].equals("HEAD")) {
                head = parts[0];
            } else if (parts[1].startsWith(HEADS) && parts[0].matches("[0-9a-f]{40}")) {
                heads.put(parts[1].substring(HEADS.length()), parts[0]);
            }
        }
        String commit = head;
        return new Look.Seen(heads, named.or(() -> guessed(heads, commit)));
    }

    /** Servers of the old protocol say where HEAD is, but not which branch that is. */
    private static Optional<String> guessed(SortedMap<String, String> heads, String commit) {
        return Stream.concat(Stream.of("main", "master"), heads.keySet().stream())
                .filter(branch -> commit.equals(heads.get(branch)))
                .findFirst();
    }

    @Override
    public Optional<Trouble> fetch(Remote remote, Mirror mirror) {
        return fetch(remote, mirror, List.of("--atomic", "--prune"), "+" + HEADS + "*:" + RemoteHeads.PREFIX + "*");
    }

    @Override
    public Optional<Trouble> fetchFork(Remote remote, Mirror mirror, long pull) {
        return fetch(
                remote, mirror, List.of(), "+" + remote.forge().kind().headOf(pull) + ":" + RemoteHeads.FORKS + pull);
    }

    /** Brings what one ref there is made of; other fetches may go on, so what is left of one that was cut short stays. */
    Optional<Trouble> fetchObjects(Remote remote, Mirror mirror, String ref) {
        List<String> words = inMirror(mirror);
        words.addAll(List.of("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"));
        words.addAll(List.of("--", remote.address(), ref));
        return trouble(remote, run(remote, words, LOOK, line -> {}));
    }

    private Optional<Trouble> fetch(Remote remote, Mirror mirror, List<String> how, String refs) {
        List<String> words = inMirror(mirror);
        words.addAll(List.of("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"));
        words.addAll(how);
        words.addAll(List.of("--", remote.address(), refs));
        Optional<Trouble> trouble = trouble(remote, run(remote, words, FETCH, line -> {}));
        trouble.ifPresent(failed -> mirror.remoteHeads().sweep());
        return trouble;
    }

    @Override
    public Posting note(Remote remote, Mirror mirror, Map<CommitSha, UnaryOperator<String>> edits) {
        Posting posting = new Posting.Failed(new Trouble(
                Kind.UNREACHABLE, "others write notes on " + remote.shown() + " at the same time, and were faster"));
        // Somebody else may push notes between our fetch and our push.
        for (int tries = 0; tries < TRIES && posting instanceof Posting.Failed; tries++) {
            Optional<Trouble> unread = fetchNotes(remote, mirror);
            if (unread.isPresent()) {
                return unread(unread.get());
            }
            Optional<CommitSha> tip = mirror.notes().tip();
            CommitNotes.Edited edited = mirror.notes().edited(edits, clock.instant());
            if (edited instanceof CommitNotes.Edited.Unusable unusable) {
                return new Posting.Refused(new Trouble(Kind.REFUSED, unusable(remote, unusable)));
            }
            if (!(edited instanceof CommitNotes.Edited.Made made)) {
                return new Posting.Posted();
            }
            RefPush push = pushNotes(remote, mirror, tip, made.commit());
            if (!push.overtaken()) {
                return push.posting(new Troubles(remote));
            }
        }
        return posting;
    }

    /** Notes that are not taken, such as broken or too large ones, are so at the next try, too. */
    private static Posting unread(Trouble trouble) {
        return trouble.kind() == Kind.REFUSED ? new Posting.Refused(trouble) : new Posting.Failed(trouble);
    }

    private static String unusable(Remote remote, CommitNotes.Edited.Unusable notes) {
        return TerminalText.safeLine(notes.why() + "; mend it or delete it (git push " + remote.address() + " :"
                + CommitNotes.REF + "), then plumbline fetch " + remote.repository());
    }

    private Optional<Trouble> fetchNotes(Remote remote, Mirror mirror) {
        // A pattern, since to ask for a name that isn't there is an error.
        return fetch(remote, mirror, List.of("--prune"), "+" + CommitNotes.REF + "*:" + CommitNotes.FETCHED + "*");
    }

    private RefPush pushNotes(Remote remote, Mirror mirror, Optional<CommitSha> tip, CommitSha edited) {
        // Notes are for forges without pull requests, which give out no logins of their own.
        return push(remote, GitLogin.configured(remote.forge()), mirror, CommitNotes.REF, tip, edited);
    }

    @Override
    public Posting branch(Remote remote, Mirror mirror, CommitSha commit, String branch) {
        Answer<RefPush> pushed = logins.of(remote)
                .then(login ->
                        new Answer.Given<>(push(remote, login, mirror, HEADS + branch, Optional.empty(), commit)));
        return pushed instanceof Answer.Given<RefPush> push
                ? push.value().posting(new Troubles(remote))
                : new Posting.Failed(pushed.failure().orElseThrow());
    }

    /** @param before where the ref must be; empty where it must not be there */
    private RefPush push(
            Remote remote,
            Optional<GitLogin> login,
            Mirror mirror,
            String ref,
            Optional<CommitSha> before,
            CommitSha after) {
        List<String> words = inMirror(mirror);
        words.addAll(List.of("push", "--porcelain", "--no-verify", "--no-recurse-submodules"));
        words.add("--force-with-lease=" + ref + ":" + before.map(CommitSha::hex).orElse(""));
        words.addAll(List.of("--", remote.address(), after.hex() + ":" + ref));
        List<String> lines = new ArrayList<>();
        return new RefPush(git.run(remote, login, words, FETCH, lines::add), lines);
    }

    private static List<String> inMirror(Mirror mirror) {
        List<String> words = new ArrayList<>(List.of("--git-dir=" + mirror.folder()));
        for (String setting : List.of(
                "core.fsync=all",
                "core.hooksPath=/dev/null",
                "gc.auto=0",
                "maintenance.auto=false",
                "fetch.unpackLimit=1",
                "fetch.fsckObjects=true",
                // as with pushes: old histories hold sloppy modes and identities, which harm nobody
                "fetch.fsck.zeroPaddedFilemode=ignore",
                "fetch.fsck.missingEmail=ignore",
                "fetch.fsck.badEmail=ignore",
                "fetch.fsck.missingNameBeforeEmail=ignore",
                "fetch.fsck.missingSpaceBeforeEmail=ignore",
                "fetch.fsck.badName=ignore",
                "fetch.fsck.badTimezone=ignore",
                "fetch.fsck.zeroPaddedDate=ignore")) {
            words.add("-c");
            words.add(setting);
        }
        return words;
    }

    private static boolean ok(CommandResult result) {
        return result instanceof CommandResult.Exited exited && exited.code() == 0;
    }
}
