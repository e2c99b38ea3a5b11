package dev.plumbline.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Terraform rewrites its state file in place: one that is killed just then leaves a piece of it. */
class DamagedStateTest {
    private static final String STACK = "resource \"terraform_data\" \"x\" { input = %d }\n";

    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest(name = "left: {0}")
    @ValueSource(strings = {"", "{ \"version\": 4, \"serial\""})
    void a_damaged_state_never_replaces_a_whole_one(String left) {
        site.withTerraform("""
                case " $* " in *" apply "*)
                  if [ -e %s ]; then rm %s; printf '%s' > terraform.tfstate; kill -9 $$; fi;;
                esac""".formatted(site.file("damage"), site.file("damage"), left));
        site.start();
        site.git().write("net/main.tf", STACK.formatted(1)).commit("First");
        site.push("main");
        site.untilIntents("net awaiting-approval");
        site.act("approve");
        site.untilIntents("net applied");
        site.git().write("net/main.tf", STACK.formatted(2)).commit("Second");
        site.push("main");
        site.untilIntents("net awaiting-approval");
        Site.write(site.file("damage"), "");

        site.act("approve");

        site.until(
                "it is planned anew and waits",
                () -> site.ledger().count("intent WHERE state = 'awaiting-approval' AND reason LIKE '%is unknown%'")
                        == 1);
        assertThat(site.ledger().runs("apply", "net")).containsExactly("applied", "lost");
        assertThat(site.ledger()
                        .all("SELECT reason FROM run WHERE state = 'lost'")
                        .get(0))
                .contains("damaged state file");
        assertThat(site.ledger().count("state_version")).isEqualTo(1);
        site.act("approve");
        site.untilIntents("net applied");
        assertThat(site.ledger().count("state_version")).isEqualTo(2);
    }
}
