package dev.plumbline.cli;

import dev.plumbline.web.ServerFile;
import dev.plumbline.web.Views;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;

/** How commands would get on with the server that they would ask: reached or not, and as whom. */
public final class ServerLook {
    private final CliContext context;

    public ServerLook(CliContext context) {
        this.context = context;
    }

    /** What came of asking. */
    public sealed interface Answer permits Nobody, Answered, Failed {}

    /** No server is named, and none runs on the home. */
    public record Nobody() implements Answer {}

    /** @param who the holder of the token and their role */
    public record Answered(String who) implements Answer {}

    /** @param what is wrong, and the {@code next} step */
    public record Failed(String what, String next) implements Answer {}

    /** Asks now. */
    public Answer ask() {
        if (context.options().server() == null
                && context.environment().getOrDefault("PLUMBLINE_SERVER", "").isBlank()
                && ownServer().isEmpty()) {
            return new Nobody();
        }
        try {
            Views.Whoami me = new ApiClient(context).whoami();
            return new Answered(ServerAddress.find(context).url() + " answers; the token is that of " + me.name()
                    + ", role " + me.role());
        } catch (CliException failed) {
            return new Failed(String.valueOf(failed.getMessage()), failed.next());
        }
    }

    /** Where the server that runs on this home listens; empty where none does. */
    public Optional<URI> ownServer() {
        try {
            return ServerFile.read(context.home()).filter(ServerFile::alive).map(ServerFile::url);
        } catch (UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }
}
