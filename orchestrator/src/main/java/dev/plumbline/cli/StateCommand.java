package dev.plumbline.cli;

import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Table.Cell;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.web.ApiJson;
import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Views;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        name = "state",
        description = "States of stacks: look into them, take them out, bring them in, mend them.",
        synopsisSubcommandLabel = "COMMAND")
final class StateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine withSubcommands(CliContext context) {
        CommandLine line = new CommandLine(new StateCommand());
        List.of(
                        new Listing(context),
                        new Show(context),
                        new Versions(context),
                        new Pull(context),
                        new Push(context),
                        new Move(context),
                        new Remove(context),
                        new Rollback(context),
                        new Migrate(context))
                .forEach(line::addSubcommand);
        return line;
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "state: do what? Try 'plumbline state list STACK' or 'plumbline state --help'");
    }

    /** What all of them have in common: they are about one stack. */
    private abstract static class OfOneStack implements Callable<Integer> {
        private final CliContext context;

        @Parameters(
                index = "0",
                paramLabel = "STACK",
                description = "As 'plumbline stacks' or 'plumbline status' has it.")
        private String stack = "";

        OfOneStack(CliContext context) {
            this.context = context;
        }

        CliContext context() {
            return context;
        }

        String stack() {
            return stack;
        }

        ApiClient server() {
            return new ApiClient(context);
        }

        /** Waits for its turn and its end, telling what it waits for. */
        int follow(ApiClient server, Views.Acted acted) {
            acted.started().stream()
                    .filter(outcome -> outcome.state().equals("queued"))
                    .forEach(outcome -> context.terminal().error(outcome.subject() + ": " + outcome.message()));
            return new Settling(context, server).ended(acted);
        }

        int change(String verb, List<String> words) {
            ApiClient server = server();
            return follow(server, server.changeState(verb, new Views.StateAsk(stack, words)));
        }
    }

    @Command(name = "list", description = "The addresses of all that is in a state.")
    private static final class Listing extends OfOneStack {
        Listing(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            Views.State state = server().state(stack(), null);
            if (context().options().json()) {
                context()
                        .printJson(state.resources().stream()
                                .map(Views.StateResource::address)
                                .toList());
            } else {
                state.resources().forEach(resource -> context().terminal().line(resource.address()));
            }
            return ExitStatus.FINE;
        }
    }

    @Command(name = "show", description = "What a state says of one resource, or of all; secrets masked.")
    private static final class Show extends OfOneStack {
        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "ADDRESS",
                description = "As 'plumbline state list' has it.")
        private @Nullable String address;

        Show(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            Views.State state = server().state(stack(), address);
            if (context().options().json()) {
                context().printJson(state);
                return ExitStatus.FINE;
            }
            ApiJson json = new ApiJson();
            List<String> lines = new ArrayList<>();
            state.resources().forEach(each -> lines.add(each.address() + " " + json.pretty(each.attributes())));
            if (!state.outputs().isEmpty()) {
                lines.add("outputs " + json.pretty(state.outputs()));
            }
            lines.forEach(line -> context().terminal().line(TerminalText.safe(line)));
            return ExitStatus.FINE;
        }
    }

    @Command(name = "versions", description = "All versions that are kept of a stack's state.")
    private static final class Versions extends OfOneStack {
        Versions(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            List<Views.StateVersion> versions = server().stateVersions(stack());
            if (context().options().json()) {
                context().printJson(versions);
                return ExitStatus.FINE;
            }
            RelativeTime times = new RelativeTime(context().clock());
            Table table = new Table("VERSION", "SERIAL", "WHEN", "RUN", "HOW");
            for (Views.StateVersion version : versions) {
                table.row(
                        Cell.of(version.version() + (version.current() ? " (current)" : "")),
                        Cell.of(version.serial()),
                        Cell.of(times.ago(version.at())),
                        Cell.of(version.run() == null ? "" : version.run()),
                        Cell.of(version.how() == null ? "" : version.how()));
            }
            table.print(context().terminal());
            return ExitStatus.FINE;
        }
    }

    @Command(name = "pull", description = "Print a state as it is, secrets in clear. Needs the role admin.")
    private static final class Pull extends OfOneStack {
        @Option(names = "--errored", description = "The one that the last apply could not save.")
        private boolean errored;

        Pull(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            String state = new String(server().pullState(stack(), errored), StandardCharsets.UTF_8);
            context().terminal().print(state.endsWith("\n") ? state : state + "\n");
            return ExitStatus.FINE;
        }
    }

    @Command(name = "push", description = "Bring a state in, for example a terraform.tfstate. Needs the role admin.")
    private static final class Push extends OfOneStack {
        @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "What to bring in.")
        private @Nullable String file;

        @Option(names = "--errored", description = "Instead of a file: the state that the last apply could not save.")
        private boolean errored;

        @Option(names = "--force", description = "Also one of another lineage, or with a lower serial.")
        private boolean force;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        Push(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            if ((file == null) != errored) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "Give either a FILE or --errored" + (errored ? ", not both" : ""));
            }
            byte @Nullable [] content =
                    file == null ? null : read(context().workingFolder().resolve(file));
            ApiClient server = server();
            return follow(server, server.pushState(stack(), content, force));
        }

        private static byte[] read(Path file) {
            try {
                return Files.readAllBytes(file);
            } catch (NoSuchFileException none) {
                throw CliException.error("There is no file " + file + ".", "Name the state to bring in.");
            } catch (IOException e) {
                throw CliException.error("The file " + file + " can't be read: " + e.getMessage() + ".", "");
            }
        }
    }

    @Command(name = "mv", description = "Give a resource another address. Needs the role admin.")
    private static final class Move extends OfOneStack {
        @Parameters(index = "1", paramLabel = "FROM", description = "As 'plumbline state list' has it.")
        private String from = "";

        @Parameters(index = "2", paramLabel = "TO", description = "The new address.")
        private String to = "";

        Move(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            return change("mv", List.of(from, to));
        }
    }

    @Command(name = "rm", description = "Forget resources, which go on to exist. Needs the role admin.")
    private static final class Remove extends OfOneStack {
        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "ADDRESS",
                description = "As 'plumbline state list' has it.")
        private List<String> addresses = new ArrayList<>();

        Remove(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            return change("rm", addresses);
        }
    }

    @Command(
            name = "rollback",
            description = "Make a former version current again, as a new version. Needs the role admin.")
    private static final class Rollback extends OfOneStack {
        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "VERSION",
                description = "Default: the one before the current.")
        private @Nullable String version;

        Rollback(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            return change("rollback", version == null ? List.of() : List.of(version));
        }
    }

    @Command(
            name = "migrate",
            description = "Take a state along to where an open change wants it: into, out of, or between backends."
                    + " Needs the role admin.")
    private static final class Migrate extends OfOneStack {
        Migrate(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            return change("migrate", List.of());
        }
    }
}
