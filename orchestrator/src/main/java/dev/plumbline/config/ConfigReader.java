package dev.plumbline.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads the configuration files. Never throws for what stands in a file: that is a problem in the result. */
public final class ConfigReader {
    private static final Set<String> SERVER_LATER =
            Set.of("database", "artifacts", "encryption_key", "notify", "roles", "policies");
    private static final Set<String> REPOSITORY_LATER = Set.of("roles", "windows", "notify", "self_heal");
    private static final Set<String> STACK_LATER = Set.of("roles", "windows", "notify", "self_heal");

    private static final Pattern WORKSPACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,89}");

    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_REASON = 500;

    private ConfigReader() {}

    /**
     * Reads a repository's configuration.
     *
     * @param file how problems name it, usually {@code plumbline.yaml}
     */
    public static ConfigFile<RepositoryConfig> repository(String file, byte[] content) {
        ConfigFile<RepositoryConfig> read =
                read(file, content, RepositoryConfig.DEFAULT, REPOSITORY_LATER, Map.of(), UnaryOperator.identity());
        if (read.positions().containsKey("stacks") && read.value().stacks().isEmpty() && read.valid()) {
            return with(read, read.value(), "stacks", "'stacks' is an empty list; leave the key out to find them all");
        }
        return rights(read, "may", read.value().may(), "to have the default");
    }

    /**
     * Reads a stack's configuration.
     *
     * @param file how problems name it, usually {@code FOLDER/stack.yaml}
     */
    public static ConfigFile<StackConfig> stack(String file, byte[] content) {
        ConfigFile<StackConfig> read =
                read(file, content, StackConfig.DEFAULT, STACK_LATER, Map.of(), UnaryOperator.identity());
        Optional<String> workspace = read.value().workspace();
        if (workspace.filter(name -> !WORKSPACE.matcher(name).matches()).isPresent()) {
            read = with(
                    read,
                    read.value(),
                    "workspace",
                    "'workspace' expects a name of letters, digits, '-', '_' and '.', not '" + workspace.get() + "'");
        }
        for (String variable : read.value().inputs().keySet()) {
            if (read.value().variables().containsKey(variable)) {
                read = with(read, read.value(), "inputs." + variable, "'" + variable + "' also stands in variables");
            }
        }
        return read;
    }

    /**
     * Reads a policy.
     *
     * @param file how problems name it, usually {@code policies/NAME.yaml}
     */
    public static ConfigFile<PolicyConfig> policy(String file, byte[] content) {
        ConfigFile<PolicyConfig> read = read(
                file,
                content,
                PolicyConfig.DEFAULT,
                Set.of(),
                Map.of(PolicyConfig.Rule.class, PolicyConfig.Rule.DEFAULT),
                UnaryOperator.identity());
        if (!read.valid()) {
            return read;
        }
        PolicyConfig policy = read.value();
        if (policy.refuse().isEmpty() && policy.warn().isEmpty()) {
            read = with(
                    read, policy, "", "it has no rules: give 'refuse' or 'warn' a list of them, or delete the file");
        }
        if (policy.title().filter(title -> title.length() > LONGEST_TITLE).isPresent()) {
            read = with(read, policy, "title", "'title' expects at most " + LONGEST_TITLE + " characters");
        }
        if (policy.stacks().isEmpty()) {
            read = with(read, policy, "stacks", "'stacks' is an empty list; leave the key out to judge them all");
        }
        read = rules(read, "refuse", policy.refuse());
        return rules(read, "warn", policy.warn());
    }

    private static ConfigFile<PolicyConfig> rules(
            ConfigFile<PolicyConfig> file, String key, List<PolicyConfig.Rule> rules) {
        ConfigFile<PolicyConfig> read = file;
        for (int i = 0; i < rules.size(); i++) {
            String place = key + "[" + i + "]";
            if (rules.get(i).actions().isEmpty()) {
                read = with(
                        read,
                        read.value(),
                        place,
                        "'actions' is missing: a list of " + RecordReader.expected(PolicyConfig.Action.class));
            }
            if (rules.get(i)
                    .because()
                    .filter(why -> why.length() > LONGEST_REASON)
                    .isPresent()) {
                read = with(
                        read,
                        read.value(),
                        place + ".because",
                        "'because' expects at most " + LONGEST_REASON + " characters");
            }
            if (rules.get(i).resources().isEmpty()) {
                read = with(
                        read,
                        read.value(),
                        place + ".resources",
                        "'resources' is an empty list, which fits nothing; leave the key out to fit all");
            }
        }
        return read;
    }

    /**
     * Reads the server's configuration.
     *
     * @param file where the configuration stands; relative {@code ${file:…}} paths start from its folder
     * @param environment the process's own, for {@code ${env:…}} and for the default of {@code home}
     */
    public static ConfigFile<ServerConfig> server(Path file, byte[] content, Map<String, String> environment) {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent() == null ? absolute : absolute.getParent();
        ServerConfig defaults = ServerConfig.defaults(Home.defaultFolder(environment));
        ConfigFile<ServerConfig> read = read(
                file.toString(),
                content,
                defaults,
                SERVER_LATER,
                Map.of(
                        ServerConfig.EnvironmentRule.class, ServerConfig.EnvironmentRule.DEFAULT,
                        ForgeConfig.class, ForgeConfig.DEFAULT,
                        MirroredRepository.class, MirroredRepository.DEFAULT,
                        Floor.class, Floor.DEFAULT,
                        ServerConfig.ModuleCredentials.Login.class, ServerConfig.ModuleCredentials.Login.DEFAULT),
                new Substitution(environment, folder)::apply);
        for (int i = 0; i < read.value().environment().size(); i++) {
            if (!read.positions().containsKey("environment[" + i + "].set")) {
                read = with(read, read.value(), "environment[" + i + "]", "'set' is missing: NAME: value pairs");
            }
        }
        for (int i = 0; i < read.value().floors().size(); i++) {
            read = rights(
                    read, "floors[" + i + "].may", read.value().floors().get(i).may(), "where nothing is asked for");
        }
        if (read.value().limits().parallelRuns().filter(runs -> runs == 0).isPresent()) {
            read = with(read, read.value(), "limits.parallel_runs", "'limits.parallel_runs' expects at least 1");
        }
        for (String name : read.value().terraform().versions().keySet()) {
            if (!exact(name)) {
                read = with(
                        read,
                        read.value(),
                        "terraform.versions." + name,
                        "'" + name + "' is no exact version such as 1.11.4 or tofu:1.10.10");
            }
        }
        for (Map.Entry<String, ServerConfig.ModuleCredentials.Login> login :
                read.value().moduleCredentials().netrc().entrySet()) {
            if (login.getValue().login().isEmpty()
                    || login.getValue().password().isEmpty()) {
                read = with(
                        read,
                        read.value(),
                        "module_credentials.netrc." + login.getKey(),
                        "both 'login' and 'password' are needed");
            }
        }
        for (int i = 0; i < read.value().localBackends().size(); i++) {
            Path states = read.value().localBackends().get(i);
            if (read.value().tooCloseToHome(states)) {
                read = with(
                        read,
                        read.value(),
                        "local_backends[" + i + "]",
                        read.value().closeToHome(states));
            }
        }
        List<ConfigProblem> all = new ArrayList<>(read.problems());
        all.addAll(ForgeRules.problems(read));
        return guarded(new ConfigFile<>(read.file(), read.value(), sorted(all), read.positions()), defaults);
    }

    private static <T> ConfigFile<T> rights(ConfigFile<T> file, String path, Rights rights, String otherwise) {
        ConfigFile<T> read = file;
        for (Rights.Act act : Rights.Act.values()) {
            String place = path + "." + act.name().toLowerCase(Locale.ROOT);
            if (file.positions().containsKey(place)
                    && file.valid()
                    && rights.to(act).isEmpty()) {
                read = with(
                        read,
                        read.value(),
                        place,
                        "'" + place + "' is an empty list, which lets nobody; leave the key out " + otherwise);
            }
        }
        return read;
    }

    private static boolean exact(String name) {
        try {
            return TerraformChoice.parse(name).exact();
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static ConfigFile<ServerConfig> guarded(ConfigFile<ServerConfig> read, ServerConfig defaults) {
        ServerConfig config = read.value();
        boolean https =
                config.publicUrl().map(URI::getScheme).map("https"::equals).orElse(false);
        if (config.listen().loopback() || https || config.insecure()) {
            return read;
        }
        ServerConfig safe = config.listeningAt(defaults.listen());
        return with(
                read,
                safe,
                "listen",
                "listening on " + config.listen()
                        + " lets others reach it: give public_url with https, or say insecure: true");
    }

    private static <T extends Record> ConfigFile<T> read(
            String file,
            byte[] content,
            T defaults,
            Set<String> notYet,
            Map<Class<?>, Record> elementDefaults,
            UnaryOperator<String> substitution) {
        RecordReader reader = new RecordReader(file, notYet, elementDefaults, substitution);
        try {
            Optional<MappingNode> root = new YamlDocument(file).root(content);
            T value = root.map(node -> reader.read(node, defaults, "")).orElse(defaults);
            return new ConfigFile<>(file, value, sorted(reader.problems()), reader.positions());
        } catch (YamlDocument.UnreadableException e) {
            return new ConfigFile<>(file, defaults, List.of(e.problem()), Map.of());
        }
    }

    private static <T> ConfigFile<T> with(ConfigFile<T> read, T value, String path, String message) {
        List<ConfigProblem> all = new ArrayList<>(read.problems());
        all.add(read.problemAt(path, message));
        return new ConfigFile<>(read.file(), value, sorted(all), read.positions());
    }

    private static List<ConfigProblem> sorted(List<ConfigProblem> problems) {
        List<ConfigProblem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column));
        return sorted;
    }
}
