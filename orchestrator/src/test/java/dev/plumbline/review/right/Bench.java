package dev.plumbline.review.right;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigReader;
import dev.plumbline.config.Rights;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Remotes;
import dev.plumbline.forge.owners.CodeOwners;
import dev.plumbline.forge.owners.Dialect;
import dev.plumbline.git.CommitSha;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A pull request of team/infra with the rules that a test writes down, and the judge of it. */
final class Bench {
    static final String FORGE = "forges: [{ name: work, kind: gitea, url: \"http://127.0.0.1:1\", token: t }]\n"
            + "repositories: [{ forge: work, name: team/infra }]\n";

    private final Town town;
    private String rules = "";
    private String floors = "";
    private Dialect dialect = Dialect.GITEA;
    private String owners = "";
    private List<String> paths = List.of("stacks/network/main.tf");

    Bench(Town town) {
        this.town = town;
    }

    /** What plumbline.yaml says on main. */
    Bench rules(String yaml) {
        rules = yaml;
        return this;
    }

    /** What server.yaml says besides. */
    Bench floors(String yaml) {
        floors = yaml;
        return this;
    }

    /** What CODEOWNERS says on main. */
    Bench owners(Dialect written, String... lines) {
        dialect = written;
        owners = String.join("\n", lines);
        return this;
    }

    /** What the pull request changes. */
    Bench changes(String... files) {
        paths = List.of(files);
        return this;
    }

    private ServerConfig server() {
        ConfigFile<ServerConfig> file = ConfigReader.server(
                Path.of("server.yaml"), (FORGE + floors).getBytes(StandardCharsets.UTF_8), Map.of("HOME", "/h"));
        assertThat(file.problems()).isEmpty();
        return file.value();
    }

    static PullRequest pull(CommitSha head) {
        return new PullRequest(
                7,
                "wider",
                false,
                head,
                "main",
                "Wider",
                "ada",
                "http://127.0.0.1:1/7",
                false,
                List.of(),
                Instant.EPOCH);
    }

    private Matter matter() {
        Remote remote = Remotes.of(server()).of("team/infra").orElseThrow();
        BaseRules base = new BaseRules(
                "main",
                ConfigReader.repository("plumbline.yaml", rules.getBytes(StandardCharsets.UTF_8))
                        .value(),
                Optional.empty(),
                CodeOwners.read(dialect, owners),
                dialect);
        return new Matter(remote, pull(new CommitSha("1".repeat(40))), base, new TreeSet<>(paths));
    }

    private Judge judge() {
        return new Judge(town, server().floors());
    }

    void allows(String login, Rights.Act act) {
        assertThat(judge().may(act, login, matter())).isInstanceOf(Verdict.Allowed.class);
    }

    /** Why somebody may do it. */
    String allowing(String login, Rights.Act act) {
        allows(login, act);
        return ((Verdict.Allowed) judge().may(act, login, matter())).why();
    }

    /** Why somebody may not do it. */
    String refusing(String login, Rights.Act act) {
        Verdict verdict = judge().may(act, login, matter());
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).sentence();
    }

    Verdict verdict(String login, Rights.Act act) {
        return judge().may(act, login, matter());
    }

    Approvals needed(String... approvers) {
        return judge().needed(matter(), List.of(approvers));
    }
}
