package dev.plumbline.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code server.yaml}.
 *
 * @param listen where the server listens
 * @param publicUrl how others reach it; links in reports begin with it
 * @param insecure whether listening off loopback without an https public URL is wanted
 * @param badges whether anybody may see how stacks stand, by their badges
 * @param home the folder that holds everything the server keeps
 * @param environment further variables for Terraform; where several rules fit, a later one wins
 * @param localBackends folders below which an explicit {@code local} backend may keep its state
 * @param terraform which Terraform and OpenTofu run
 * @param moduleCredentials what opens private modules; given to {@code init} alone
 * @param aws where Terraform's AWS credentials come from
 * @param log how the server writes its own log
 * @param forges where repositories live besides the built-in forge
 * @param repositories those of them that are watched
 * @param floors what repositories' own rules may not loosen
 */
public record ServerConfig(
        ListenAddress listen,
        Optional<URI> publicUrl,
        boolean insecure,
        boolean badges,
        Path home,
        List<EnvironmentRule> environment,
        List<Path> localBackends,
        List<ForgeConfig> forges,
        List<MirroredRepository> repositories,
        List<Floor> floors,
        Terraform terraform,
        ModuleCredentials moduleCredentials,
        Aws aws,
        Limits limits,
        Push push,
        Log log) {

    public ServerConfig {
        environment = List.copyOf(environment);
        localBackends = List.copyOf(localBackends);
        forges = List.copyOf(forges);
        repositories = List.copyOf(repositories);
        floors = List.copyOf(floors);
    }

    /** What holds where the file, or a key of it, is missing. */
    public static ServerConfig defaults(Path home) {
        return new ServerConfig(
                new ListenAddress("127.0.0.1", 8080),
                Optional.empty(),
                false,
                false,
                home,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Terraform.DEFAULT,
                ModuleCredentials.NONE,
                new Aws(false),
                new Limits(
                        Optional.empty(),
                        new DataSize(512L << 20),
                        Duration.ofHours(1),
                        Duration.ofHours(6),
                        Duration.ofSeconds(30)),
                new Push(new DataSize(256L << 20)),
                new Log(Log.Format.TEXT, Log.Level.INFO));
    }

    /** The variables that the rules give to one run. */
    public SortedMap<String, String> environmentFor(String repository, String folder, EnvironmentRule.Phase phase) {
        SortedMap<String, String> all = new TreeMap<>();
        for (EnvironmentRule rule : environment) {
            if (rule.fits(repository, folder, phase)) {
                all.putAll(rule.set());
            }
        }
        return all;
    }

    /** Whether states kept there could be mixed up with what the server keeps for itself. */
    public boolean tooCloseToHome(Path states) {
        Path own = home.toAbsolutePath().normalize();
        Path there = states.normalize();
        return there.startsWith(own) || own.startsWith(there);
    }

    /** What is said of a folder of {@code local_backends} that is {@linkplain #tooCloseToHome too close}. */
    public String closeToHome(Path states) {
        return "'local_backends' must lie outside of home ("
                + home.toAbsolutePath().normalize() + "), and not around it: " + states.normalize()
                + "; whoever pushes could read and write what the server keeps there";
    }

    /** The same, listening elsewhere. */
    public ServerConfig listeningAt(ListenAddress address) {
        return at(address, home);
    }

    /** The same, kept in another folder. */
    public ServerConfig keptIn(Path folder) {
        return at(listen, folder);
    }

    private ServerConfig at(ListenAddress address, Path folder) {
        return new ServerConfig(
                address,
                publicUrl,
                insecure,
                badges,
                folder,
                environment,
                localBackends,
                forges,
                repositories,
                floors,
                terraform,
                moduleCredentials,
                aws,
                limits,
                push,
                log);
    }

    /**
     * Which Terraform and OpenTofu run.
     *
     * @param path the binary for stacks that name no version; empty means found on PATH, else downloaded
     * @param mirror where Terraform's releases are downloaded from instead of their publisher's own site
     * @param tofuMirror where OpenTofu's are, likewise
     * @param versions {@code 1.10.5} or {@code tofu:1.10.10} → a binary that is here already
     */
    public record Terraform(
            Optional<Path> path, Optional<URI> mirror, Optional<URI> tofuMirror, SortedMap<String, Path> versions) {
        static final Terraform DEFAULT =
                new Terraform(Optional.empty(), Optional.empty(), Optional.empty(), new TreeMap<>());

        public Terraform {
            versions = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Path>) versions));
        }

        /** That binary for stacks that name no version, and nothing else said. */
        public static Terraform at(Optional<Path> path) {
            return new Terraform(path, Optional.empty(), Optional.empty(), new TreeMap<>());
        }
    }

    /**
     * What opens private modules and registries.
     *
     * @param sshKey a private key's file, for modules that come over SSH
     * @param knownHosts the file with the host keys of those servers; without it no SSH server is trusted
     * @param netrc host → login, for modules that come over HTTP
     * @param registries host → token, for module and provider registries
     */
    public record ModuleCredentials(
            Optional<Path> sshKey,
            Optional<Path> knownHosts,
            SortedMap<String, Login> netrc,
            SortedMap<String, String> registries) {
        public static final ModuleCredentials NONE =
                new ModuleCredentials(Optional.empty(), Optional.empty(), new TreeMap<>(), new TreeMap<>());

        public ModuleCredentials {
            netrc = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Login>) netrc));
            registries = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) registries));
        }

        @Override
        public String toString() {
            return "ModuleCredentials[" + sshKey + ", " + knownHosts + ", " + netrc.keySet() + ", "
                    + registries.keySet() + "]";
        }

        /** A name and a password; {@link #toString} leaves the password out. */
        public record Login(String login, String password) {
            static final Login DEFAULT = new Login("", "");

            @Override
            public String toString() {
                return "Login[" + login + "]";
            }
        }
    }

    /** @param useAmbient whether Terraform is given the server's own {@code AWS_*} variables, in all phases */
    public record Aws(boolean useAmbient) {}

    /**
     * How much goes on at once, and for how long.
     *
     * @param parallelRuns how many runs go on at once; empty means one plan a core and one more, and as many applies
     *     as memory allows
     * @param memoryPerRun what the scheduler counts for each of them
     * @param planTimeout after which a plan is stopped
     * @param applyTimeout after which an apply is stopped
     * @param grace how long Terraform may take to stop before it is killed
     */
    public record Limits(
            Optional<Integer> parallelRuns,
            DataSize memoryPerRun,
            Duration planTimeout,
            Duration applyTimeout,
            Duration grace) {
        /** Each live run holds a thread. */
        private static final int MOST_RUNS = 64;

        /**
         * How many plans a machine makes at the same time, at least one: they are bound by the processor, one a core; one more, since
         * each waits a while for the disk, before Terraform starts and after it ended.
         *
         * @param memory of the whole machine, in bytes
         */
        public int plansAtOnce(int cores, long memory) {
            return Math.max(1, Math.min(parallelRuns.orElse(cores + 1), runsAtOnce(memory)));
        }

        /**
         * How many runs of all kinds a machine takes at the same time, at least one: each needs memory, of which a quarter is left
         * to everything else.
         */
        public int runsAtOnce(long memory) {
            long byMemory = Math.min(MOST_RUNS, memory * 3 / 4 / memoryPerRun.bytes());
            return (int) Math.max(1, Math.min(parallelRuns.orElse(MOST_RUNS), byMemory));
        }
    }

    /** @param maxSize the largest pack that the built-in forge takes in one push */
    public record Push(DataSize maxSize) {}

    /**
     * The server's own log, on standard error.
     *
     * @param format what each entry looks like
     * @param level the least that is written
     */
    public record Log(Format format, Level level) {
        /** Lines for people, or one JSON object a line for programs. */
        public enum Format {
            TEXT,
            JSON
        }

        /** From the fewest entries to the most. */
        public enum Level {
            ERROR,
            WARN,
            INFO,
            DEBUG
        }
    }

    /**
     * Variables for the runs that fit.
     *
     * @param repository a glob over repositories' names
     * @param stack a glob over stacks' folders
     * @param phase empty means all phases
     * @param set variable → value; values are often secrets, so {@link #toString} leaves them out
     */
    public record EnvironmentRule(Glob repository, Glob stack, Optional<Phase> phase, SortedMap<String, String> set) {
        static final EnvironmentRule DEFAULT =
                new EnvironmentRule(Glob.parse("**"), Glob.parse("**"), Optional.empty(), new TreeMap<>());

        public EnvironmentRule {
            set = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) set));
        }

        boolean fits(String repositoryName, String folder, Phase wanted) {
            return repository.matches(repositoryName)
                    && stack.matches(folder)
                    && phase.map(wanted::equals).orElse(true);
        }

        @Override
        public String toString() {
            return "EnvironmentRule[" + repository + ", " + stack + ", " + phase + ", " + set.keySet() + "]";
        }

        /** The phases that can have variables of their own; a destroy is an apply. */
        public enum Phase {
            PLAN,
            APPLY,
            DRIFT
        }
    }
}
