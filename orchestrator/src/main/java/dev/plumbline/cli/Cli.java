package dev.plumbline.cli;

import dev.plumbline.cli.doctor.DoctorCommand;
import dev.plumbline.cli.init.InitCommand;
import dev.plumbline.cli.local.LocalCommands;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.cli.state.StateCommand;
import dev.plumbline.web.ProgramVersion;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program as its users meet it: parses, runs one command, says what went wrong, gives the exit status. */
public final class Cli {
    private static final int USAGE_WIDTH = 100;

    private final CliContext context;
    private final Map<String, Object> more;

    /**
     * @param more further subcommands by name, in the order in which help lists them: objects annotated with picocli's
     *     {@code @Command} that return an {@link ExitStatus} and read the global options from {@link CliContext#options}
     */
    public Cli(CliContext context, Map<String, Object> more) {
        this.context = context;
        this.more = new LinkedHashMap<>(more);
    }

    /** Never throws for what a command does wrong; never ends the process. */
    public int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    private CommandLine commandLine() {
        Terminal terminal = context.terminal();
        CommandLine line = new CommandLine(new PlumblineCommand(context.options()));
        more.forEach(line::addSubcommand);
        ownCommands().forEach(line::addSubcommand);
        LocalCommands.of(context).forEach(line::addSubcommand);
        line.addSubcommand(
                new CommandLine(new DriftCommand()).addSubcommand(new CommandLine(ActCommand.driftCheck(context))));
        line.addSubcommand(StateCommand.withSubcommands(context));
        line.addSubcommand(TokenCommand.withSubcommands(context));
        line.addSubcommand(new CompletionCommand(context));
        Manual.write(line);
        line.getCommandSpec().versionProvider(() -> new String[] {"plumbline " + ProgramVersion.current()});
        line.setOut(new PrintWriter(terminal.out(), true));
        line.setErr(new PrintWriter(terminal.err(), true));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(Math.min(USAGE_WIDTH, Math.max(55, terminal.columns())));
        // A stack or file may be called @something.
        line.setExpandAtFiles(false);
        line.setOverwrittenOptionsAllowed(true);
        line.setParameterExceptionHandler(this::wrongUsage);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown));
        return line;
    }

    private List<Object> ownCommands() {
        return List.of(
                new StatusCommand(context),
                new ChangesCommand(context),
                new ChangeCommand(context),
                new RunsCommand(context),
                new LogsCommand(context),
                new HistoryCommand(context),
                new WhyCommand(context),
                new WhoamiCommand(context),
                new GitCredentialCommand(context, () -> System.in),
                new LoginCommand(context),
                new DoctorCommand(context),
                new InitCommand(context),
                ActCommand.approve(context),
                ActCommand.apply(context),
                ActCommand.cancel(context),
                ActCommand.retry(context),
                ActCommand.fetch(context));
    }

    private int wrongUsage(ParameterException thrown, String[] arguments) {
        Terminal terminal = context.terminal();
        CommandLine command = thrown.getCommandLine();
        terminal.error("plumbline: " + thrown.getMessage());
        if (thrown instanceof MissingParameterException) {
            // '#12' without its quotes never arrives here.
            terminal.error("  A shell takes # for the beginning of a comment: write a change as '#12', in quotes.");
        }
        if (!UnmatchedArgumentException.printSuggestions(thrown, command.getErr())) {
            terminal.error("  See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        trace(thrown);
        return ExitStatus.USAGE;
    }

    private int failed(Exception thrown) {
        Terminal terminal = context.terminal();
        boolean expected = thrown instanceof CliException;
        String said = thrown.getMessage();
        terminal.error("plumbline: "
                + (said == null || said.isBlank() ? thrown.getClass().getSimpleName() : said));
        String next = thrown instanceof CliException known
                ? known.next()
                : "Run it again with --debug to see where in the program this came from.";
        if (!next.isEmpty() && (expected || !context.options().debug())) {
            terminal.error("  " + next);
        }
        trace(thrown);
        return ExitStatus.of(thrown);
    }

    private void trace(Exception thrown) {
        if (context.options().debug()) {
            thrown.printStackTrace(context.terminal().err());
            context.terminal().err().flush();
        }
    }
}
