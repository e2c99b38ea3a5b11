package dev.plumbline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md} is made from the schemas. After a change of a schema make it anew:
 * {@code mvn test -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dupdate}.
 */
class ConfigurationPageTest {
    private static final Path PAGE = Pages.DOCS.resolve("configuration.md");

    @Test
    void the_reference_says_what_the_schemas_say() throws IOException {
        String made = new ConfigurationPage().text();
        if (System.getProperty("update") != null) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE))
                .as(
                        "make it anew: mvn test -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dupdate")
                .isEqualTo(made);
    }
}
