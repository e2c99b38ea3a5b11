package dev.plumbline.app;

import dev.plumbline.cli.CliException;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.process.CommandRunner;
import dev.plumbline.process.SearchPath;
import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.install.FinderOutcome;
import dev.plumbline.terraform.install.ReleaseKey;
import dev.plumbline.terraform.install.TerraformFinder;
import java.net.http.HttpClient;
import java.util.Map;

/** Looks for the Terraform that a configuration means. */
final class TerraformSearch {
    private TerraformSearch() {}

    /**
     * The program; downloaded into the configuration's home where none is installed.
     *
     * @param environment of this process
     * @throws CliException where there is none
     */
    static TerraformBinary find(ServerConfig config, Map<String, String> environment) throws InterruptedException {
        SearchPath path = SearchPath.parse(environment.getOrDefault("PATH", ""));
        TerraformFinder finder = new TerraformFinder(
                config.home(),
                path,
                config.terraform().mirror().orElse(TerraformFinder.RELEASES),
                ReleaseKey.hashicorp(),
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build(),
                new CommandRunner(path));
        FinderOutcome outcome = finder.find(config.terraform().path(), version -> true);
        if (outcome instanceof FinderOutcome.NotFound missing) {
            throw CliException.error(missing.what() + " (" + missing.where() + ")", missing.next());
        }
        return ((FinderOutcome.Found) outcome).binary();
    }
}
