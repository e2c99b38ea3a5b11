package dev.plumbline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigReader;
import dev.plumbline.config.Floor;
import dev.plumbline.config.RepositoryConfig;
import dev.plumbline.config.Rights;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.forge.owners.Dialect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page about rights shows is so. */
class RightsPageTest {
    private static final String PAGE = Pages.text(Pages.DOCS.resolve("rights.md"));
    private static final List<byte[]> EXAMPLES = Pattern.compile("(?ms)^```yaml\\n(.*?)^```")
            .matcher(PAGE)
            .results()
            .map((MatchResult found) -> found.group(1).getBytes(StandardCharsets.UTF_8))
            .toList();

    @Test
    void the_rules_of_the_example_are_valid_and_what_it_calls_defaults_are() {
        ConfigFile<RepositoryConfig> file = ConfigReader.repository("plumbline.yaml", EXAMPLES.get(0));

        assertThat(file.problems()).isEmpty();
        Rights rights = file.value().may();
        assertThat(rights.plan()).isEqualTo(Rights.DEFAULT.plan());
        assertThat(rights.apply()).isEqualTo(Rights.DEFAULT.apply());
        assertThat(rights.unlock()).isEqualTo(Rights.DEFAULT.unlock());
        assertThat(Rights.DEFAULT.approve()).hasToString("[write]");
    }

    @Test
    void the_floors_of_the_example_are_valid() {
        ConfigFile<ServerConfig> file =
                ConfigReader.server(Path.of("server.yaml"), EXAMPLES.get(1), Map.of("HOME", "/h"));

        assertThat(file.problems()).isEmpty();
        assertThat(Floor.approvals(file.value().floors(), "team/infra", 0)).isEqualTo(2);
        assertThat(Floor.approvals(file.value().floors(), "main", 0)).isEqualTo(1);
    }

    @Test
    void the_places_of_codeowners_are_those_that_are_looked_at_in_that_order() {
        assertThat(PAGE)
                .contains("| Places | "
                        + String.join(
                                " | ",
                                Stream.of(Dialect.GITHUB, Dialect.GITLAB, Dialect.GITEA)
                                        .map(dialect -> "`" + String.join("`, `", dialect.places()) + "`")
                                        .toList()));
    }
}
