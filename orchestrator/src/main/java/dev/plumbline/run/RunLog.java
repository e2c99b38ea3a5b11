package dev.plumbline.run;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.Secrets;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.store.Feed;
import dev.plumbline.store.Transaction;

/**
 * The log of one run. Every line is masked with the secrets known by then and freed of control characters, before it
 * reaches the disk or anybody's terminal.
 */
final class RunLog {
    private final Run run;
    private final LogFile file;
    private final Feed feed;
    private Secrets secrets = Secrets.none();
    private Masker masker = Masker.none();

    RunLog(Run run, RunFolder folder, Feed feed) {
        this.run = run;
        this.file = new LogFile(folder.log());
        this.feed = feed;
    }

    /** Masks these from now on, too. */
    synchronized void conceal(Secrets more) {
        secrets = secrets.plus(more);
        masker = secrets.masker();
    }

    synchronized Secrets secrets() {
        return secrets;
    }

    synchronized String masked(String text) {
        return masker.mask(text);
    }

    /** Adds lines to the log. */
    synchronized void write(String lines) {
        file.append(TerminalText.safe(masker.mask(lines)) + "\n");
    }

    /** Adds lines to the log and tells whoever watches what the run is for, after the stack's name. */
    void tell(String lines) {
        write(lines);
        say(lines);
    }

    /** {@link #tell(String)} in a transaction that is open; each one of its own is a wait for the disk. */
    void tell(Transaction transaction, String lines) {
        write(lines);
        say(transaction, lines);
    }

    /** Tells whoever watches what the run is for, without adding to the log. */
    void say(String lines) {
        feed.say(run.order().forWhom(), shown(lines));
    }

    void say(Transaction transaction, String lines) {
        feed.say(transaction, run.order().forWhom(), shown(lines));
    }

    private String shown(String lines) {
        return run.stack() + ": " + TerminalText.safe(masked(lines)).replace("\n", "\n  ");
    }

    /** Masks what stands in the log already, once a plan made more secrets known. */
    synchronized void maskAgain() {
        file.maskAgain(masker);
    }
}
