package dev.plumbline.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.GitClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} and {@code stacks} in a real checkout. */
class ChecksAndStacksTest {
    @TempDir
    private Path folder;

    private GitClient git;
    private Desk desk;

    @BeforeEach
    void checkout() throws IOException {
        git = GitClient.init(folder.resolve("code"));
        desk = new Desk(Files.createDirectories(folder.resolve("home")));
        git.write("stacks/network/main.tf", "output \"vpc_id\" { value = \"vpc-1\" }\n");
        git.write("stacks/app/main.tf", "variable \"vpc_id\" {}\nmodule \"m\" { source = \"../../modules/m\" }\n");
        git.write("stacks/app/stack.yaml", "name: shop\ninputs:\n  vpc_id: stacks/network.vpc_id\n");
        git.write(
                "stacks/logs/main.tf",
                "terraform {\n  backend \"s3\" {\n    bucket = \"b\"\n    key = \"k\"\n  }\n}\n");
        git.write("modules/m/main.tf", "output \"one\" { value = 1 }\n");
        git.commit("first");
    }

    @Test
    void a_sound_checkout_passes() {
        assertThat(type("check")).isEqualTo(new Desk.Ended(0, "3 stacks, 0 errors, 0 warnings\n", ""));
    }

    @Test
    void every_problem_of_the_files_on_disk_stands_on_a_line_of_its_own_with_its_place() {
        git.write("stacks/app/stack.yaml", "inputs:\n  vpc_id: stacks/netwrk.vpc_id\ncolour: red\n");
        git.write("plumbline.yaml", "apply: sometimes\n");

        Desk.Ended ended = type("check");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("plumbline.yaml:1:8: "))
                .anyMatch(line -> line.startsWith("stacks/app/stack.yaml:2:3: ") && line.contains("stacks/network"))
                .anyMatch(line -> line.startsWith("stacks/app/stack.yaml:3:1: ") && line.contains("colour"));
        assertThat(ended.err()).isEqualTo("3 stacks, 3 errors, 0 warnings\n");
    }

    @Test
    void policies_are_checked_and_counted() {
        git.write("policies/keep.yaml", "refuse: [{actions: [destroy]}]\n");
        assertThat(type("check")).isEqualTo(new Desk.Ended(0, "3 stacks, 1 policy, 0 errors, 0 warnings\n", ""));

        git.write("policies/more.yml", "refuse:\n  - actions: [delete]\n");
        Desk.Ended ended = type("check");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).startsWith("policies/more.yml:2:15: ").contains("create or update or replace");
    }

    @Test
    void the_server_configuration_is_checked_where_it_is_named() throws IOException {
        Path server = Files.writeString(folder.resolve("server.yaml"), "listen: 127.0.0.1:8080\nhoem: /x\n");

        Desk.Ended ended = type("check", "--config", server.toString());

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).startsWith(server + ":2:1: ").contains("home");
        assertThat(type("check", "--config", folder.resolve("none.yaml").toString())
                        .err())
                .contains("none.yaml can't be read");
    }

    @Test
    void a_sound_server_configuration_is_said_to_be_fine_and_outside_of_a_checkout_it_is_looked_at_alone()
            throws IOException {
        String forge = "forges: [{ name: disk, kind: git, url: /srv/git }]\n";
        Path server = Files.writeString(
                folder.resolve("server.yaml"), forge + "repositories: [{ forge: disk, name: infra }]\n");
        String fine = server + ": fine; 1 forge, 1 repository\n";

        assertThat(type("check", "--config", server.toString()))
                .isEqualTo(new Desk.Ended(0, fine + "3 stacks, 0 errors, 0 warnings\n", ""));
        assertThat(desk.type(folder, "check", "--config", "server.yaml")).isEqualTo(new Desk.Ended(0, fine, ""));

        Files.writeString(server, "hoem: /x\n");
        Desk.Ended wrong = desk.type(folder, "check", "--config", "server.yaml");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.out()).startsWith(server + ":1:1: ");
        assertThat(wrong.err()).isEqualTo(server + ": 1 error\n");
        assertThat(desk.type(folder, "check").err()).contains("is not in a Git checkout");
    }

    @Test
    void a_variable_that_no_stack_declares_for_which_the_server_sets_it_is_an_error_with_its_place()
            throws IOException {
        Path server = Files.writeString(folder.resolve("server.yaml"), """
                environment:
                  - { set: { TF_VAR_vpc_id: x, SOMETHING: y } }
                  - stack: stacks/app
                    set:
                      TF_VAR_vpcid: x
                  - { stack: "elsewhere/**", set: { TF_VAR_unknown: x } }
                """);

        Desk.Ended ended = type("check", "--config", server.toString());

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out())
                .isEqualTo(
                        server + ":5:7: the code of stacks/app declares no variable 'vpcid'; did you mean 'vpc_id'?\n");
    }

    @Test
    void a_variable_that_is_not_the_servers_to_set_is_an_error_with_its_place_before_anything_runs()
            throws IOException {
        Path server = Files.writeString(folder.resolve("server.yaml"), """
                environment:
                  - { phase: apply, set: { TF_LOG: debug, SOMETHING: y } }
                  - set:
                      HOME: /root
                """);
        String said = server + ":2:28: The variable TF_LOG is Plumbline's to set; remove it from the configuration\n"
                + server + ":4:7: The variable HOME is Plumbline's to set; remove it from the configuration\n";

        assertThat(type("check", "--config", server.toString()).out()).isEqualTo(said);
        assertThat(type("plan", "--config", server.toString()))
                .satisfies(ended -> assertThat(ended.status()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.err()).contains(said));
    }

    @Test
    void json_of_check_holds_the_places_as_numbers() {
        git.write("stacks/app/stack.yaml", "colour: red\n");

        Desk.Ended ended = type("check", "--json");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out())
                .contains("\"valid\" : false", "\"stack\" : \"stacks/app\"", "\"line\" : 1", "\"column\" : 1");
    }

    @Test
    void stacks_are_listed_with_their_backends_and_what_goes_before_them() {
        assertThat(type("stacks").out()).isEqualTo("""
                STACK           NAME  BACKEND  DEPENDS ON
                stacks/app      shop  managed  stacks/network
                stacks/logs     -     s3       -
                stacks/network  -     managed  -
                """);
        assertThat(type("stacks", "--json").out()).contains("\"backend\" : \"s3\"", "\"name\" : \"shop\"");
    }

    @Test
    void stacks_changed_between_two_commits_come_with_reasons_and_with_their_readers() {
        git.write("stacks/network/main.tf", "output \"vpc_id\" { value = \"vpc-2\" }\n");
        git.write("stacks/fresh/main.tf", "output \"new\" { value = 1 }\n");
        git.run("rm", "-q", "-r", "stacks/logs");
        git.commit("second");

        assertThat(type("stacks", "--changed", "HEAD~1..HEAD").out()).isEqualTo("""
                STACK           KIND        WHY
                stacks/fresh    added       new stack
                stacks/logs     removed     stack folder removed
                stacks/network  changed     stacks/network/main.tf changed
                stacks/app      downstream  reads stacks/network.vpc_id
                """);
    }

    @Test
    void one_revision_is_compared_with_the_files_on_disk() {
        assertThat(type("stacks", "--changed", "main").out()).isEqualTo("No stack is affected.\n");

        git.write("modules/m/main.tf", "output \"one\" { value = 2 }\n");

        assertThat(type("stacks", "--changed", "main", "--json").out())
                .contains("\"stack\" : \"stacks/app\"", "\"kind\" : \"changed\"", "modules/m");
        assertThat(type("stacks", "--changed", "main..HEAD").out()).isEqualTo("No stack is affected.\n");
    }

    @Test
    void three_dots_leave_out_what_happened_on_the_other_side() {
        git.run("checkout", "-q", "-b", "topic");
        git.write("stacks/logs/more.tf", "output \"x\" { value = 1 }\n");
        git.commit("topic");
        git.run("checkout", "-q", "main");
        git.write("stacks/network/more.tf", "output \"y\" { value = 1 }\n");
        git.commit("main moves on");

        assertThat(type("stacks", "--changed", "main..topic").out()).contains("stacks/network", "stacks/logs");
        assertThat(type("stacks", "--changed", "main...topic").out())
                .contains("stacks/logs")
                .doesNotContain("stacks/network");
    }

    @Test
    void an_unknown_revision_and_a_folder_outside_of_git_are_named() {
        Desk.Ended unknown = type("stacks", "--changed", "nope..HEAD");

        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("there is no commit 'nope'").doesNotContain("Exception");
        Desk.Ended outside = desk.type(folder, "stacks");
        assertThat(outside.status()).isEqualTo(1);
        assertThat(outside.err()).contains("is not in a Git checkout");
    }

    private Desk.Ended type(String... words) {
        return desk.type(git.folder(), words);
    }
}
