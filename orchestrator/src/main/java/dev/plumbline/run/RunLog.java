package dev.plumbline.run;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.Secrets;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.store.Feed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The log of one run. Every line is masked with the secrets known by then and freed of control characters, before it
 * reaches the disk or anybody's terminal.
 */
final class RunLog {
    private final Run run;
    private final Path file;
    private final Feed feed;
    private Secrets secrets = Secrets.none();
    private Masker masker = Masker.none();

    RunLog(Run run, RunFolder folder, Feed feed) {
        this.run = run;
        this.file = folder.log();
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
        String safe = TerminalText.safe(masker.mask(lines));
        try {
            if (!Files.exists(file)) {
                RunFolder.writePrivate(file, new byte[0]);
            }
            Files.writeString(file, safe + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException cause) {
            throw new UncheckedIOException("can't write " + file + "; check the disk's free space", cause);
        }
    }

    /** Adds lines to the log and tells whoever watches what the run is for, after the stack's name. */
    void tell(String lines) {
        write(lines);
        say(lines);
    }

    /** Tells whoever watches what the run is for, without adding to the log. */
    void say(String lines) {
        String safe = TerminalText.safe(masked(lines));
        feed.say(run.order().forWhom(), run.stack() + ": " + safe.replace("\n", "\n  "));
    }

    /** Masks what stands in the log already, once a plan made more secrets known. */
    synchronized void maskAgain() {
        try {
            if (Files.exists(file)) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                if (masker.finds(text)) {
                    Files.writeString(file, masker.mask(text), StandardCharsets.UTF_8);
                }
            }
        } catch (IOException cause) {
            throw new UncheckedIOException("can't mask " + file + " again; check the disk's free space", cause);
        }
    }
}
