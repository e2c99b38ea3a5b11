package dev.plumbline.terraform;

import dev.plumbline.RealParts;
import dev.plumbline.process.CommandRunner;
import dev.plumbline.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The real Terraform and a workspace to run it in. */
final class Bench {
    static final SearchPath PATH = SearchPath.parse(System.getenv().getOrDefault("PATH", ""));
    static final CommandRunner RUNNER = new CommandRunner(PATH);

    final Path home;
    final Workspace workspace;
    final TerraformCli cli;

    Bench(Path home, Map<String, String> serverEnvironment, Path program) throws IOException {
        this(
                home,
                serverEnvironment,
                new TerraformBinary(program, TerraformVersion.of("1.11.4"), TerraformBinary.Product.TERRAFORM),
                ModuleAccess.none(),
                new ChildEnvironment(serverEnvironment));
    }

    Bench(
            Path home,
            Map<String, String> serverEnvironment,
            TerraformBinary binary,
            ModuleAccess access,
            ChildEnvironment child)
            throws IOException {
        this.home = home;
        workspace = new WorkspaceFolders(home).of("infra", "stacks/network", "stacks/network");
        workspace.clear();
        cli = new TerraformCli(
                binary,
                child,
                new CliConfiguration(serverEnvironment, binary.product()),
                access,
                RUNNER,
                Duration.ofSeconds(1));
    }

    static Bench of(Path home) throws IOException {
        return new Bench(home, System.getenv(), terraform());
    }

    static Path terraform() {
        return RealParts.terraform();
    }

    void write(String name, String text) throws IOException {
        Path file = workspace.stackFolder().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    Path planFile() throws IOException {
        return Files.createDirectories(home.resolve("plans")).resolve("plan");
    }
}
