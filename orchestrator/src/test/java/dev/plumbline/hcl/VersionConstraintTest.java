package dev.plumbline.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionConstraintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ~> 1.5             | 1.11.4     | true
                    ~> 1.5             | 2.0.0      | false
                    ~> 1.5             | 1.4.9      | false
                    ~> 1.5.2           | 1.5.9      | true
                    ~> 1.5.2           | 1.6.0      | false
                    ~> 1               | 2.0.0      | true
                    >= 1.2, < 2.0      | 1.2.0      | true
                    >= 1.2, < 2.0      | 2.0.0      | false
                    != 1.3             | 1.3.0      | false
                    != 1.3             | 1.3.1      | true
                    1.3.0              | 1.3        | true
                    = v1.3             | 1.3.0      | true
                    > 1.3              | 1.3.0      | false
                    <= 1.3             | 1.3.0      | true
                    >= 1.2             | 1.3.0-rc1  | false
                    >= 1.3.0-beta2     | 1.3.0-rc1  | true
                    >= 1.3.0-beta2     | 1.3.0      | true
                    >= 1.3.0-beta2     | 1.4.0-rc1  | false
                    ~> 1.3.0-beta2     | 1.3.0      | false
                    ~> 1.3.0-beta2     | 1.3.0-rc1  | true
                    = 1.3.0-rc1        | 1.3.0-rc1  | true
                    != 1.3.0           | 1.4.0-rc1  | true
                    """)
    void a_constraint_accepts_what_terraform_accepts(String constraint, String version, boolean accepted) {
        assertThat(VersionConstraint.parse(constraint).orElseThrow().accepts(version))
                .isEqualTo(accepted);
    }

    @Test
    void the_real_terraform_agrees(@TempDir Path folder) throws Exception {
        TerraformSyntax terraform = TerraformSyntax.onPath();
        String version = terraform.version(folder);
        for (String constraint : List.of(
                "~> 1",
                "~> 0",
                "~> 1.5",
                "~> 1.5.0.0",
                "~> 2.0",
                version,
                "= v" + version,
                "!= " + version,
                ">= 1.2, < 99",
                ">=1.2,<1.3",
                version + "+meta",
                "latest",
                "> 1.0 < 2.0",
                ">= 1.0,",
                "=> 1.0",
                "")) {
            boolean ours = VersionConstraint.parse(constraint)
                    .map(parsed -> parsed.accepts(version))
                    .orElse(false);

            assertThat(ours).as(constraint).isEqualTo(terraform.runsUnder(constraint, folder));
        }
    }

    @Test
    void what_is_no_constraint_is_told_so() {
        for (String text : new String[] {"", "latest", "=> 1.0", ">= 1.0,", "1.x", "> 1.0 < 2.0"}) {
            assertThat(VersionConstraint.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void versions_are_ordered_by_number_and_a_pre_release_stands_before_its_release() {
        String[] ascending = {"0.9", "1.0.0-alpha", "1.0.0-alpha.2", "1.0.0-alpha.10", "1.0.0-rc1", "1.0", "1.2", "1.10"
        };
        for (int i = 1; i < ascending.length; i++) {
            assertThat(Version.parse(ascending[i - 1]).orElseThrow())
                    .isLessThan(Version.parse(ascending[i]).orElseThrow());
        }
    }
}
