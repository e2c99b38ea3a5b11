package dev.plumbline.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} of the real server while it plans and while it applies, with real Terraform and real Git. */
class KilledServerTest {
    private static final String SECRET = "correct-horse-battery";

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

    @Test
    void a_plan_whose_server_was_killed_runs_again_and_the_change_gets_its_report() {
        site.withTerraform("""
                case " $* " in *" plan "*)
                  echo $$ >> %s
                  until [ -e %s ]; do sleep 0.05; done;;
                esac""".formatted(site.file("plans"), site.file("plan.gate")));
        site.start();
        site.git().write("README", "no stack yet").commit("Begin");
        site.push("main");
        site.git().run("checkout", "-q", "-b", "feature");
        site.git()
                .write("net/main.tf", "resource \"terraform_data\" \"x\" { input = 1 }")
                .commit("Add net");
        site.push("feature");
        site.until("the plan began", () -> site.lines("plans").size() == 1);
        long orphan = Long.parseLong(site.lines("plans").get(0));

        site.server().kill();
        assertThat(Site.alive(orphan)).as("it outlives its server").isTrue();
        site.start();

        site.until("the plan began again", () -> site.lines("plans").size() == 2);
        assertThat(Site.alive(orphan)).as("the old server's Terraform is gone").isFalse();
        assertThat(site.server().said())
                .contains("1 run had not ended when the server did, and goes on: r1 (plan of net)");
        site.openGate("plan");
        site.until(
                "the change has its report",
                () -> site.ledger().count("change WHERE state = 'planned' AND reported IS NOT NULL") == 1);
        assertThat(site.ledger().runs("plan", "net")).containsExactly("planned");
        assertThat(site.lines("plans")).hasSize(2);
    }

    @ParameterizedTest(name = "restarted {0}")
    @ValueSource(strings = {"before it ended", "after it ended"})
    void an_apply_whose_server_was_killed_ends_by_itself_and_is_adopted(String restarted) {
        site.start();
        site.git().write("net/main.tf", """
                        variable "secret" {
                          default   = "%s"
                          sensitive = true
                        }
                        resource "terraform_data" "x" {
                          input = var.secret
                          provisioner "local-exec" { command = "%s; echo ${nonsensitive(var.secret)}" }
                        }
                        output "id" { value = "the id" }
                        """.formatted(SECRET, site.gated("net")));
        site.git().write("app/main.tf", """
                        variable "id" {}
                        resource "terraform_data" "y" { input = var.id }
                        """);
        site.git().write("app/stack.yaml", "inputs: { id: net.id }\n").commit("First");
        site.push("main");
        site.untilIntents("app blocked", "net awaiting-approval");
        site.act("approve");
        site.until("the apply runs", () -> site.lines("net.began").size() == 1);

        site.server().kill();
        if (restarted.equals("before it ended")) {
            site.start();
            site.until("it is adopted", () -> site.log("r2").contains("taking up the apply"));
            site.openGate("net");
        } else {
            site.openGate("net");
            site.until("it ended by itself", () -> Files.exists(site.home().resolve("runs/r2/apply/exit")));
            site.start();
        }

        site.untilIntents("app awaiting-approval", "net applied");
        site.act("approve");
        site.untilIntents("app applied", "net applied");
        assertThat(site.ledger().runs("apply", "net")).containsExactly("applied");
        assertThat(site.ledger().count("state_version WHERE folder = 'net'")).isEqualTo(1);
        assertThat(site.ledger()
                        .count("history WHERE kind = 'intent' AND subject LIKE '%net' AND text LIKE 'applied:%'"))
                .isEqualTo(1);
        assertThat(site.lines("net.began")).hasSize(1);
        assertThat(site.lines("net.done")).hasSize(1);
        assertThat(site.log("r2")).doesNotContain(SECRET);
        assertThat(site.ledger().all("SELECT line FROM feed")).noneMatch(line -> line.contains(SECRET));
        assertThat(site.processesInHome()).isEmpty();
    }

    @Test
    void a_killed_terraform_fails_its_apply_and_a_retry_completes_it() {
        site.start();
        twoSteps();
        site.push("main");
        site.untilIntents("net awaiting-approval");
        site.act("approve");
        site.until("the second step runs", () -> site.lines("second.began").size() == 1);

        Site.childrenOf(site.wrapperOf("r2")).forEach(ProcessHandle::destroyForcibly);

        site.untilIntents("net failed");
        assertThat(site.ledger().runs("apply", "net")).containsExactly("failed");
        assertThat(site.ledger().count("state_version WHERE folder = 'net'"))
                .as("what was made is known")
                .isEqualTo(1);
        site.openGate("second");
        site.act("retry");
        site.until("it is applied or asks", () -> !site.ledger().intents().equals(List.of("net planning")));
        site.untilIntents("net awaiting-approval");
        site.act("approve");
        site.untilIntents("net applied");
        assertThat(site.lines("first.done")).hasSize(1);
        assertThat(site.lines("second.done")).hasSize(1);
        assertThat(site.ledger().all("SELECT serial FROM state_version ORDER BY version"))
                .isSortedAccordingTo((one, two) -> Long.compare(Long.parseLong(one), Long.parseLong(two)))
                .doesNotHaveDuplicates();
    }

    @Test
    void an_apply_of_which_nothing_is_left_is_lost_and_never_repeated_without_a_person() {
        site.start();
        site.git()
                .write(
                        "net/main.tf",
                        "resource \"terraform_data\" \"x\" {\n  provisioner \"local-exec\" { command = \""
                                + site.gated("net") + "\" }\n}\n")
                .commit("First");
        site.push("main");
        site.untilIntents("net awaiting-approval");
        site.act("approve");
        site.until("the apply runs", () -> site.lines("net.began").size() == 1);

        long wrapper = site.wrapperOf("r2");
        site.server().kill();
        List<ProcessHandle> session = new java.util.ArrayList<>();
        ProcessHandle.of(wrapper).ifPresent(session::add);
        ProcessHandle.of(wrapper).stream().flatMap(ProcessHandle::descendants).forEach(session::add);
        session.forEach(ProcessHandle::destroyForcibly);
        site.start();

        site.untilIntents("net awaiting-approval");
        assertThat(site.ledger().runs("apply", "net")).containsExactly("lost");
        assertThat(site.ledger().all("SELECT reason FROM intent").get(0)).contains("what r2 did is unknown");
        site.openGate("net");
        site.act("approve");
        site.untilIntents("net applied");
        assertThat(site.ledger().runs("apply", "net")).containsExactly("lost", "applied");
        assertThat(site.lines("net.done")).hasSize(1);
    }

    private void twoSteps() {
        site.git()
                .write("net/main.tf", """
                        resource "terraform_data" "first" {
                          provisioner "local-exec" { command = "echo done >> %s" }
                        }
                        resource "terraform_data" "second" {
                          depends_on = [terraform_data.first]
                          provisioner "local-exec" { command = "%s" }
                        }
                        """.formatted(site.file("first.done"), site.gated("second")))
                .commit("First");
    }
}
