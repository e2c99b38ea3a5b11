package dev.plumbline.cli.local;

import dev.plumbline.cli.CliException;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.process.CommandRunner;
import dev.plumbline.process.SearchPath;
import dev.plumbline.terraform.AmbientAws;
import dev.plumbline.terraform.ChildEnvironment;
import dev.plumbline.terraform.CliConfiguration;
import dev.plumbline.terraform.ModuleAccess;
import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.install.FinderOutcome;
import dev.plumbline.terraform.install.ReleaseKey;
import dev.plumbline.terraform.install.ReleaseSite;
import dev.plumbline.terraform.install.TerraformFinder;
import dev.plumbline.terraform.install.Terraforms;
import java.net.http.HttpClient;
import java.util.Map;

/** The programs, and what they are given, as a server's configuration says. */
public final class ServerTerraforms {
    private final ServerConfig config;
    private final Map<String, String> environment;
    private final CommandRunner runner;
    private final TerraformFinder finder;

    /** @param environment of this process */
    public ServerTerraforms(ServerConfig config, Map<String, String> environment) {
        this.config = config;
        this.environment = Map.copyOf(environment);
        SearchPath path = SearchPath.parse(environment.getOrDefault("PATH", ""));
        this.runner = new CommandRunner(path);
        ServerConfig.Terraform settings = config.terraform();
        this.finder = new TerraformFinder(
                config.home(),
                path,
                settings.versions(),
                settings.mirror()
                        .map(mirror -> ReleaseSite.terraform(mirror, ReleaseKey.hashicorp()))
                        .orElseGet(ReleaseSite::terraform),
                settings.tofuMirror()
                        .map(mirror -> ReleaseSite.tofu(mirror, ReleaseKey.opentofu()))
                        .orElseGet(ReleaseSite::tofu),
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build(),
                runner);
    }

    /**
     * The program of stacks that name no version; downloaded into the configuration's home where none is installed.
     *
     * @throws CliException where there is none
     */
    public TerraformBinary standard() throws InterruptedException {
        FinderOutcome outcome = finder.standard(config.terraform().path());
        if (outcome instanceof FinderOutcome.NotFound missing) {
            throw CliException.error(missing.what() + " (" + missing.where() + ").", missing.next() + ".");
        }
        return ((FinderOutcome.Found) outcome).binary();
    }

    /**
     * All of them.
     *
     * @throws CliException where there is no standard one, or a file of module_credentials can't be read
     */
    public Terraforms all() throws InterruptedException {
        ServerConfig.ModuleCredentials credentials = config.moduleCredentials();
        ModuleAccess access = new ModuleAccess(
                credentials.sshKey(),
                credentials.knownHosts(),
                credentials.netrc().entrySet().stream()
                        .map(login -> new ModuleAccess.Login(
                                login.getKey(),
                                login.getValue().login(),
                                login.getValue().password()))
                        .toList(),
                credentials.registries());
        access.problem().ifPresent(problem -> {
            throw CliException.error(
                    problem + ".", "Correct the path in the server's configuration, or the file's owner.");
        });
        Map<String, String> aws = config.aws().useAmbient() ? AmbientAws.of(environment) : Map.of();
        ChildEnvironment child = new ChildEnvironment(environment, aws);
        return new Terraforms(
                finder,
                standard(),
                binary -> new TerraformCli(
                        binary,
                        child,
                        new CliConfiguration(environment, binary.product()),
                        access,
                        runner,
                        config.limits().grace()));
    }
}
