package dev.plumbline.cli;

import dev.plumbline.cli.doctor.DoctorCommand;
import dev.plumbline.cli.forge.ForgeCommand;
import dev.plumbline.cli.init.InitCommand;
import dev.plumbline.cli.local.LocalCommands;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.cli.state.StateCommand;
import dev.plumbline.web.ProgramVersion;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program as its users meet it: parses, runs one command, says what went wrong, gives the exit status. */
public final class Cli {
    private static final int USAGE_WIDTH = 100;
    private static final String COMPLETION = "completion";

    private final CliContext context;
    private final Map<String, Supplier<Object>> more;

    /**
     * @param more further subcommands by name, in the order in which help lists them: objects annotated with picocli's
     *     {@code @Command} that return an {@link ExitStatus} and read the global options from {@link CliContext#options}
     */
    public Cli(CliContext context, Map<String, Supplier<Object>> more) {
        this.context = context;
        this.more = new LinkedHashMap<>(more);
    }

    /** Never throws for what a command does wrong; never ends the process. */
    public int run(String... arguments) {
        String[] spelled = spelled(arguments);
        return commandLine(spelled).execute(spelled);
    }

    /** {@code help COMMAND} is {@code COMMAND --help}. */
    private static String[] spelled(String... arguments) {
        return arguments.length > 0 && arguments[0].equals("help")
                ? Stream.concat(Arrays.stream(arguments).skip(1), Stream.of("--help"))
                        .toArray(String[]::new)
                : arguments;
    }

    private CommandLine commandLine(String... arguments) {
        Terminal terminal = context.terminal();
        CommandLine line = new CommandLine(new PlumblineCommand(context.options()));
        needed(arguments).forEach((name, command) -> line.addSubcommand(name, command.get()));
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

    /**
     * The one command that the arguments begin with; else all of them, for help, for suggestions, and where options stand before
     * it. To look at the annotations of all takes longer than what most of them do.
     */
    private Map<String, Supplier<Object>> needed(String... arguments) {
        Map<String, Supplier<Object>> all = commands();
        Supplier<Object> first = arguments.length == 0 ? null : all.get(arguments[0]);
        return first == null || arguments[0].equals(COMPLETION) ? all : Map.of(arguments[0], first);
    }

    private Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>(more);
        all.put("status", () -> new StatusCommand(context));
        all.put("changes", () -> new ChangesCommand(context));
        all.put("change", () -> new ChangeCommand(context));
        all.put("runs", () -> new RunsCommand(context));
        all.put("logs", () -> new LogsCommand(context));
        all.put("history", () -> new HistoryCommand(context));
        all.put("why", () -> new WhyCommand(context));
        all.put("whoami", () -> new WhoamiCommand(context));
        all.put("git-credential", () -> new GitCredentialCommand(context, () -> System.in));
        all.put("login", () -> new LoginCommand(context));
        all.put("doctor", () -> new DoctorCommand(context));
        all.put("init", () -> new InitCommand(context));
        all.put("approve", () -> ActCommand.approve(context));
        all.put("apply", () -> ActCommand.apply(context));
        all.put("cancel", () -> ActCommand.cancel(context));
        all.put("retry", () -> ActCommand.retry(context));
        all.put("revert", () -> ActCommand.revert(context));
        all.put("fetch", () -> ActCommand.fetch(context));
        all.putAll(LocalCommands.of(context));
        all.put(
                "drift",
                () -> new CommandLine(new DriftCommand())
                        .addSubcommand(new CommandLine(ActCommand.driftCheck(context))));
        all.put("state", () -> StateCommand.withSubcommands(context));
        all.put("forge", () -> ForgeCommand.withSubcommands(context));
        all.put("token", () -> TokenCommand.withSubcommands(context));
        all.put(COMPLETION, () -> new CompletionCommand(context));
        return all;
    }

    private int wrongUsage(ParameterException thrown, String[] arguments) {
        Terminal terminal = context.terminal();
        CommandLine command = thrown.getCommandLine();
        String said =
                thrown.getCause() instanceof Numbers.Misnamed misnamed ? misnamed.getMessage() : thrown.getMessage();
        terminal.error("plumbline: " + said);
        if (thrown instanceof MissingParameterException missing
                && missing.getMissing().stream().anyMatch(Cli::namesAChange)) {
            // '#12' without its quotes never arrives here.
            terminal.error("  A shell takes # for the beginning of a comment: write a change as '#12', in quotes.");
        }
        if (!UnmatchedArgumentException.printSuggestions(thrown, command.getErr())) {
            terminal.error("  See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        trace(thrown);
        return ExitStatus.USAGE;
    }

    private static boolean namesAChange(ArgSpec argument) {
        return Arrays.stream(argument.converters()).anyMatch(Numbers.OfChange.class::isInstance);
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
