package dev.plumbline.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The options that stand before or after any subcommand. Filled by parsing; read them while a command runs. */
public final class GlobalOptions {
    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "Where the server keeps everything (default: $$PLUMBLINE_HOME, else plumbline in the user's data folder).")
    private @Nullable Path home;

    @Option(
            names = "--port",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            converter = PortConverter.class,
            description = "The server's port on this machine; for serve, 0 takes any free one.")
    private @Nullable Integer port;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The server's configuration (server.yaml).")
    private @Nullable Path config;

    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description =
                    "A server to talk to, with a token in PLUMBLINE_TOKEN (default: $$PLUMBLINE_SERVER, else the one that runs on this home).")
    private @Nullable URI server;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the result as JSON.")
    private boolean json;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where in the program an error came from.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    public @Nullable Path home() {
        return home;
    }

    public OptionalInt port() {
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    public @Nullable Path config() {
        return config;
    }

    public @Nullable URI server() {
        return server;
    }

    public boolean json() {
        return json;
    }

    public boolean debug() {
        return debug;
    }

    /** Turns away what is no port while the command line is read. */
    static final class PortConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String typed) {
            try {
                int port = Integer.parseInt(typed);
                if (port >= 0 && port <= MAX_PORT) {
                    return port;
                }
            } catch (NumberFormatException e) {
                throw notAPort(typed, e);
            }
            throw notAPort(typed, null);
        }

        private static TypeConversionException notAPort(String typed, @Nullable Throwable cause) {
            TypeConversionException thrown =
                    new TypeConversionException("'" + typed + "' is not a port (0 to " + MAX_PORT + ")");
            thrown.initCause(cause);
            return thrown;
        }
    }
}
