package dev.plumbline.cli.doctor;

import dev.plumbline.config.ServerConfig;
import dev.plumbline.process.Command;
import dev.plumbline.process.CommandOutput;
import dev.plumbline.process.CommandResult;
import dev.plumbline.process.CommandRunner;
import dev.plumbline.process.SearchPath;
import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.install.FinderOutcome;
import dev.plumbline.terraform.install.ReleaseSite;
import dev.plumbline.terraform.install.TerraformFinder;
import dev.plumbline.terraform.plan.PlanReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that are needed: which are there, where, and of which version. */
final class Programs {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern GIT_VERSION = Pattern.compile("git version (\\d+)\\.(\\d+)\\S*");

    private final SearchPath path;
    private final Optional<PackageManager> manager;
    private final CommandRunner runner;
    private final ServerConfig config;
    private final Path home;
    private final Path scratch;

    /** @param scratch an empty folder for the time of the look */
    Programs(Map<String, String> environment, ServerConfig config, Path home, Path scratch) {
        this.path = SearchPath.parse(environment.getOrDefault("PATH", ""));
        this.manager = PackageManager.on(path);
        this.runner = new CommandRunner(path);
        this.config = config;
        this.home = home;
        this.scratch = scratch;
    }

    List<Finding> look() throws InterruptedException {
        List<Finding> found = new ArrayList<>();
        found.add(java());
        found.add(setsid());
        found.add(shell());
        found.add(git());
        found.addAll(terraform());
        found.addAll(otherVersions());
        found.add(namespaces());
        return found;
    }

    private String advice(String program) {
        return PackageManager.advice(manager, program);
    }

    private String gitMend() {
        return advice("git") + " (2.38 or newer)";
    }

    private static Finding java() {
        // The launcher starts nothing older than 17.
        return Finding.ok("Java", Runtime.version() + " (" + System.getProperty("java.home", "home unknown") + ")");
    }

    private Finding setsid() {
        return usual("setsid")
                .map(file -> Finding.ok("setsid", file.toString()))
                .orElse(Finding.missing("setsid", "not found", advice("setsid") + ". Only Linux is supported."));
    }

    private Finding shell() {
        return Files.isExecutable(Path.of("/bin/sh"))
                ? Finding.ok("sh", "/bin/sh")
                : Finding.missing("sh", "/bin/sh is not there", advice("sh") + ".");
    }

    private Finding git() {
        Optional<Path> program = path.find("git");
        if (program.isEmpty()) {
            return Finding.missing("Git", "not found on PATH", gitMend());
        }
        Optional<String> said = firstLine(program.get(), "--version");
        Matcher version = GIT_VERSION.matcher(said.orElse(""));
        if (!version.find()) {
            return Finding.missing("Git", program.get() + " does not tell its version", gitMend());
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        String found = version.group().substring("git version ".length()) + " (" + program.get() + ")";
        return major > 2 || (major == 2 && minor >= 38)
                ? Finding.ok("Git", found)
                : Finding.warning(
                        "Git",
                        found
                                + " lacks merge-tree --write-tree, so a merge with renamed files may be called a conflict",
                        gitMend());
    }

    private List<Finding> terraform() throws InterruptedException {
        Path kept = home.resolve("terraform/" + TerraformFinder.PINNED + "/terraform");
        Optional<Path> program = config.terraform()
                .path()
                .or(() -> path.find("terraform"))
                .or(() -> path.find("tofu"))
                .or(() -> Optional.of(kept).filter(Files::isExecutable));
        if (program.isEmpty()) {
            return List.of(Finding.warning(
                    "Terraform",
                    "not found on PATH",
                    "Install it, or let version " + TerraformFinder.PINNED + " be downloaded at the first use."));
        }
        // A named program is never replaced by a download.
        FinderOutcome outcome = finder().standard(program);
        if (outcome instanceof FinderOutcome.NotFound wrong) {
            return List.of(Finding.missing("Terraform", wrong.where() + " does not run", "Install it anew."));
        }
        TerraformBinary binary = ((FinderOutcome.Found) outcome).binary();
        List<Finding> found = new ArrayList<>(List.of(Finding.ok("Terraform", binary.toString()), reading(binary)));
        other(binary).ifPresent(found::add);
        return found;
    }

    private TerraformFinder finder() {
        return new TerraformFinder(
                scratch,
                path,
                config.terraform().versions(),
                ReleaseSite.terraform(),
                ReleaseSite.tofu(),
                HttpClient.newHttpClient(),
                runner);
    }

    /** Those that stacks may name besides. */
    private List<Finding> otherVersions() {
        List<Finding> found = new ArrayList<>();
        try {
            for (FinderOutcome outcome : finder().configured()) {
                found.add(
                        outcome instanceof FinderOutcome.NotFound wrong
                                ? Finding.missing(
                                        "terraform.versions",
                                        wrong.what() + " (" + wrong.where() + ")",
                                        wrong.next() + ".")
                                : Finding.ok(
                                        "terraform.versions",
                                        ((FinderOutcome.Found) outcome).binary().toString()));
            }
            List<String> downloaded = TerraformFinder.downloaded(home);
            if (!downloaded.isEmpty()) {
                found.add(Finding.ok("downloaded", String.join(", ", downloaded) + " in " + home));
            }
        } catch (IOException e) {
            found.add(Finding.warning(
                    "downloaded", "can't be told: " + e.getMessage(), "Check who owns the home, and the disk."));
        }
        return found;
    }

    /** The other of Terraform and OpenTofu, which a person may think is the one that runs. */
    private Optional<Finding> other(TerraformBinary used) {
        String name = used.product() == TerraformBinary.Product.TERRAFORM ? "tofu" : "terraform";
        return path.find(name).map(file -> Finding.ok(name, file + " is there, too; " + used.path() + " is what runs"));
    }

    private static Finding reading(TerraformBinary binary) {
        return PlanReader.canReadDirectly(binary.name())
                ? Finding.ok("plan files", "read directly, which is proven right for this version")
                : Finding.warning(
                        "plan files",
                        "read by 'show -json', which starts the providers once more for each plan",
                        "Nothing need be done; Terraform " + TerraformFinder.PINNED + " is read directly.");
    }

    private Finding namespaces() {
        Optional<Path> bubblewrap = usual("bwrap");
        return bubblewrap
                .or(() -> usual("unshare"))
                .map(file -> Finding.ok("namespaces", file + " (not used yet)"))
                .orElse(Finding.warning(
                        "namespaces",
                        "neither bubblewrap nor unshare was found",
                        advice("bwrap") + "; the isolation of runs will want it."));
    }

    private Optional<Path> usual(String program) {
        return path.find(program).or(() -> new SearchPath(List.of(Path.of("/usr/bin"), Path.of("/bin"))).find(program));
    }

    private Optional<String> firstLine(Path program, String argument) {
        List<String> lines = new ArrayList<>();
        CommandResult result = runner.run(
                new Command(program, List.of(argument), scratch, Map.of(), LIMIT, Duration.ofSeconds(1)),
                CommandOutput.lines(lines::add));
        boolean fine = result instanceof CommandResult.Exited exited && exited.code() == 0;
        return fine ? lines.stream().findFirst() : Optional.empty();
    }
}
