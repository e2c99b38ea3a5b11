package dev.plumbline.cli;

import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Answers Git as a credential helper; a helper that has nothing to give says nothing, and Git asks elsewhere. */
@Command(
        name = "git-credential",
        description = "Hand the token to Git, so that it need not stand in a remote's address. 'plumbline serve' prints"
                + " how to set it up.")
final class GitCredentialCommand implements Callable<Integer> {
    private static final String USER = "plumbline";

    private final CliContext context;
    private final Supplier<InputStream> in;

    @Parameters(
            paramLabel = "get|store|erase",
            description = "As Git calls it. There is nothing to store and nothing to erase.")
    private String operation = "";

    /** @param in what Git writes */
    GitCredentialCommand(CliContext context, Supplier<InputStream> in) {
        this.context = context;
        this.in = in;
    }

    @Override
    public Integer call() {
        // Git asks helpers to pass over operations that they don't know.
        if (operation.equals("get")) {
            GitCredential asked = GitCredential.read(in.get());
            asked.address().ifPresent(address -> answer(asked, address));
        }
        return ExitStatus.FINE;
    }

    private void answer(GitCredential asked, URI address) {
        Optional<ServerAddress> server = ServerAddress.at(address, context);
        if (server.isPresent()) {
            context.terminal()
                    .line("username=" + asked.user().orElse(USER) + "\npassword="
                            + server.get().token());
        } else if (ServerAddress.onThisMachine(address)) {
            // Elsewhere it may well be another helper's business.
            context.terminal()
                    .error(
                            "plumbline: no token is known here for " + address
                                    + ": write the remote's address as 'plumbline"
                                    + " serve' prints it, give its home with --home, or set PLUMBLINE_SERVER and PLUMBLINE_TOKEN.");
        }
    }
}
