package dev.plumbline.cli;

import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Table.Cell;
import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Views;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        description = "Tokens for people and programs: make, list, revoke. Needs the role admin.",
        synopsisSubcommandLabel = "COMMAND")
final class TokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine withSubcommands(CliContext context) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new CommandLine(new Create(context)))
                .addSubcommand(new CommandLine(new Listing(context)))
                .addSubcommand(new CommandLine(new Revoke(context)));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "token: do what? Try 'plumbline token list' or 'plumbline token create NAME --role push'");
    }

    /** Roles, named as people type them. */
    enum Word {
        read,
        push,
        approve,
        admin
    }

    @Command(name = "create", description = "Make a token, and print it: it can't be shown a second time.")
    private static final class Create implements Callable<Integer> {
        private final CliContext context;

        @Parameters(paramLabel = "NAME", description = "Who will hold it; the history prints this name.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "read: look and clone. push: push, too, also main, which applies what was reviewed unless"
                        + " plumbline.yaml says 'approvals: 1'. approve: approve, apply and cancel, too."
                        + " admin: everything.")
        private Word role = Word.read;

        @Option(
                names = "--expires",
                paramLabel = "WHEN",
                description = "After so long (30d, 12h), or the last day on which it works (2027-01-31); else never.")
        private @Nullable String expires;

        Create(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            Views.NewToken made = new ApiClient(context).createToken(new Views.TokenAsk(name, role.name(), expires));
            if (context.options().json()) {
                context.printJson(made);
                return ExitStatus.FINE;
            }
            context.terminal().line(made.secret());
            Instant end = made.token().expiresAt();
            context.terminal()
                    .error("The token of " + made.token().name() + " ("
                            + made.token().role() + ", " + (end == null ? "never expires" : "until " + end)
                            + "). It is not shown again. Give it in PLUMBLINE_TOKEN, and to Git by"
                            + " 'plumbline git-credential' or as the password.");
            return ExitStatus.FINE;
        }
    }

    @Command(name = "list", description = "Tokens, newest first; the owner's own stands in the home and not here.")
    private static final class Listing implements Callable<Integer> {
        private final CliContext context;

        @Option(names = "--all", description = "Revoked ones too.")
        private boolean all;

        Listing(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            List<Views.Token> tokens = new ApiClient(context).tokens(all);
            if (context.options().json()) {
                context.printJson(tokens);
            } else if (tokens.isEmpty()) {
                context.terminal()
                        .line("No tokens but the owner's. 'plumbline token create NAME --role ROLE' makes one.");
            } else {
                table(tokens).print(context.terminal());
            }
            return ExitStatus.FINE;
        }

        private Table table(List<Views.Token> tokens) {
            RelativeTime times = new RelativeTime(context.clock());
            Table table = new Table("NAME", "ROLE", "STATE", "CREATED", "BY", "LAST USED", "EXPIRES");
            for (Views.Token token : tokens) {
                table.row(
                        Cell.of(token.name()),
                        Cell.of(token.role()),
                        Cell.state(token.state()),
                        Cell.of(times.ago(token.createdAt())),
                        Cell.of(token.createdBy()),
                        Cell.of(times.ago(token.lastUsedAt())),
                        Cell.of(token.expiresAt() == null ? "never" : token.expiresAt()));
            }
            return table;
        }
    }

    @Command(name = "revoke", description = "Take a token back at once.")
    private static final class Revoke implements Callable<Integer> {
        private final CliContext context;

        @Parameters(paramLabel = "NAME", description = "As 'plumbline token list' has it.")
        private String name = "";

        Revoke(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            Views.Token revoked = new ApiClient(context).revokeToken(name);
            if (context.options().json()) {
                context.printJson(revoked);
            } else {
                context.terminal().line("The token of " + revoked.name() + " opens nothing any more.");
            }
            return ExitStatus.FINE;
        }
    }
}
