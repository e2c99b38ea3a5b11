package dev.plumbline.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.RepositoryConfig.DirectPush;
import dev.plumbline.config.RepositoryConfig.Downstream;
import dev.plumbline.config.ServerConfig.EnvironmentRule.Phase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    private static final Map<String, String> HOME = Map.of("HOME", "/home/someone");

    @Test
    void an_empty_file_gives_the_defaults() {
        for (String empty : List.of("", "# nothing\n", "---\n", "{}", "null")) {
            assertThat(repository(empty).valid()).as(empty).isTrue();
            assertThat(repository(empty).value()).isEqualTo(RepositoryConfig.DEFAULT);
            assertThat(stack(empty).value()).isEqualTo(StackConfig.DEFAULT);
            assertThat(server(empty).value())
                    .isEqualTo(ServerConfig.defaults(Path.of("/home/someone/.local/share/plumbline")));
        }
    }

    @Test
    void the_defaults_are_those_that_the_documentation_names() {
        RepositoryConfig repository = repository("").value();
        assertThat(repository.approvals()).isZero();
        assertThat(repository.downstream()).isEqualTo(Downstream.APPROVE);
        assertThat(repository.directPush()).isEqualTo(DirectPush.APPROVE);
        assertThat(repository.drift().schedule()).hasToString("0 */6 * * *");
        assertThat(server("").value().listen()).hasToString("127.0.0.1:8080");
    }

    @Test
    void a_repository_says_what_it_wants() {
        RepositoryConfig config = valid(repository("stacks: [\"stacks/**\", infra]\napply: on_merge\napprovals: 2\n"
                + "drift: {schedule: \"30 0 5 * * MON-FRI\"}\ndownstream: auto\ndirect_push: apply\n"));
        assertThat(config.stacks()).extracting(Glob::toString).containsExactly("stacks/**", "infra");
        assertThat(config.approvals()).isEqualTo(2);
        assertThat(config.downstream()).isEqualTo(Downstream.AUTO);
        assertThat(config.directPush()).isEqualTo(DirectPush.APPLY);
        assertThat(config.drift().schedule()).hasToString("30 0 5 * * MON-FRI");
    }

    @Test
    void a_stack_says_what_it_wants_and_its_variables_keep_their_types() {
        StackConfig config = valid(stack("name: net\ndepends_on: [a]\ninputs: {vpc_id: network.vpc_id}\n"
                + "variables: {big: 12345678901234567890, half: 0.5, on: true, none: null, deep: {a: [1, x]}, no: no}\n"
                + "var_files: [a.tfvars]\nwatch: [\"../x/**\"]\nmoved_from: old\ndrift: {enabled: false}\n"));
        assertThat(config.name()).contains("net");
        assertThat(config.inputs()).containsEntry("vpc_id", "network.vpc_id");
        assertThat(config.variables().toString())
                .isEqualTo(
                        "{big=12345678901234567890, deep={\"a\":[1,\"x\"]}, half=0.5, no=\"no\", none=null, on=true}");
        assertThat(config.drift().enabled()).isFalse();
        assertThat(config.movedFrom()).contains("old");
    }

    @Test
    void every_problem_of_a_file_is_told_at_its_place() {
        List<String> problems = told(repository("approvels: 1\napprovals: many\nstacks: all\ndrift:\n  schedul: x\n"));
        assertThat(problems).hasSize(4);
        assertThat(problems.get(0)).startsWith("f.yaml:1:1: unknown key 'approvels'; did you mean 'approvals'?");
        assertThat(problems.get(1))
                .startsWith("f.yaml:2:12: 'approvals' expects a whole number")
                .endsWith("not text");
        assertThat(problems.get(2)).startsWith("f.yaml:3:9: 'stacks' expects a list, not text");
        assertThat(problems.get(3)).startsWith("f.yaml:5:3: unknown key 'schedul'; did you mean 'schedule'?");
    }

    @Test
    void what_the_design_has_and_this_version_lacks_is_said_to_be_not_supported_yet() {
        assertThat(told(repository("roles: []\n"))).containsExactly("f.yaml:1:1: 'roles' is not supported yet");
        assertThat(told(server("database: jdbc:postgresql://db/x\n")))
                .containsExactly("server.yaml:1:1: 'database' is not supported yet");
        assertThat(told(stack("windows: []\n"))).containsExactly("f.yaml:1:1: 'windows' is not supported yet");
    }

    @Test
    void a_key_given_twice_or_without_a_value_is_a_problem() {
        assertThat(told(repository("approvals: 1\napprovals: 2\n")))
                .containsExactly("f.yaml:2:1: 'approvals' was already given on line 1");
        assertThat(told(repository("approvals:\n")).get(0))
                .contains("'approvals' has no value; expected a whole number");
        assertThat(told(repository("stacks: []\n")).get(0)).contains("empty list");
    }

    @Test
    void a_value_with_a_problem_has_its_default() {
        ConfigFile<RepositoryConfig> read = repository("approvals: -1\ndownstream: aprove\ndirect_push: apply\n");
        assertThat(told(read)).hasSize(2);
        assertThat(told(read).get(1))
                .contains("'downstream' expects auto or approve, not 'aprove'; did you mean 'approve'?");
        assertThat(read.value().approvals()).isZero();
        assertThat(read.value().directPush()).isEqualTo(DirectPush.APPLY);
    }

    @Test
    void broken_yaml_is_one_problem_at_its_place() {
        ConfigFile<RepositoryConfig> read = repository("approvals: 1\nstacks: [a\n");
        assertThat(read.problems()).hasSize(1);
        assertThat(read.problems().get(0).line()).isGreaterThanOrEqualTo(2);
        assertThat(told(repository("- a\n"))).containsExactly("f.yaml:1:1: expected keys with values, not a list");
        assertThat(told(repository("a: 1\n---\nb: 1\n")).get(0)).contains("a second document");
    }

    @Test
    void files_that_would_cost_too_much_are_refused() {
        String deep = "a: " + "[".repeat(2000) + "]".repeat(2000);
        assertThat(told(repository(deep)).get(0)).contains("nested deeper than 50 levels");
        StringBuilder bomb = new StringBuilder("variables:\n  a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("  a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(told(stack(bomb.toString())).get(0))
                .contains("not valid YAML")
                .contains("aliases");
        byte[] huge = new byte[(1 << 20) + 1];
        assertThat(ConfigReader.repository("f.yaml", huge).problems().get(0).message())
                .contains("larger than 1 MiB");
        assertThat(told(stack("variables: &v {a: *v}\n"))).isNotEmpty();
        byte[] latin = {'n', 'a', 'm', 'e', ':', ' ', (byte) 0xe9};
        assertThat(ConfigReader.stack("f.yaml", latin).problems().get(0).message())
                .isEqualTo("not UTF-8 text from here on; save the file as UTF-8");
        assertThat(ConfigReader.stack("f.yaml", latin).problems().get(0).column())
                .isEqualTo(7);
        assertThat(told(repository("approvals: 1\nsta\u0000cks: []\n")))
                .containsExactly("f.yaml:2:4: a control character (0) stands here; take it out");
    }

    @Test
    void server_values_come_from_the_environment_and_from_files(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("secret"), "s3cret\n");
        ConfigFile<ServerConfig> read = ConfigReader.server(
                folder.resolve("server.yaml"),
                bytes("listen: \"127.0.0.1:${env:PORT}\"\nlimits: {parallel_runs: \"${env:RUNS}\", plan_timeout: 5m}\n"
                        + "environment: [{phase: plan, set: {TF_VAR_x: \"${file:secret}\", Y: \"$${z}\"}}]\n"),
                Map.of("PORT", "99", "RUNS", "3", "HOME", "/h"));
        ServerConfig config = valid(read);
        assertThat(config.listen().port()).isEqualTo(99);
        assertThat(config.limits().parallelRuns()).contains(3);
        assertThat(config.limits().planTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.limits().grace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.environmentFor("main", "stacks/a", Phase.PLAN))
                .isEqualTo(Map.of("TF_VAR_x", "s3cret", "Y", "${z}"));
        assertThat(config.environmentFor("main", "stacks/a", Phase.APPLY)).isEmpty();
        assertThat(config.toString()).doesNotContain("s3cret");
    }

    @Test
    void a_missing_value_is_a_problem_at_its_place() {
        List<String> problems = told(server("home: \"${env:HOMF}/x\"\npublic_url: \"${file:/no/such/file}\"\n"));
        assertThat(problems.get(0)).contains("server.yaml:1:7:", "HOMF is not set; did you mean 'HOME'?");
        assertThat(problems.get(1)).contains("server.yaml:2:13:", "/no/such/file is not there");
        assertThat(told(server("home: \"${nope}\"\n")).get(0)).contains("'${nope}' is unknown; expected ${env:NAME}");
    }

    @Test
    void backends_of_stacks_lie_neither_inside_nor_around_the_home() {
        assertThat(told(server("home: /srv/p\nlocal_backends: [/states, /srv/p/states]\n")))
                .singleElement()
                .asString()
                .contains("server.yaml:2:", "must lie outside of home (/srv/p)", "/srv/p/states");
        assertThat(told(server("home: /srv/p\nlocal_backends: [/srv]\n"))).hasSize(1);
        assertThat(told(server("home: /srv/p\nlocal_backends: [/srv/p-states]\n")))
                .isEmpty();
    }

    @Test
    void listening_where_others_reach_it_needs_https_or_the_word_insecure() {
        assertThat(told(server("listen: 0.0.0.0:80\n")).get(0)).contains("public_url with https", "insecure: true");
        assertThat(server("listen: 0.0.0.0:80\n").value().listen()).hasToString("127.0.0.1:8080");
        assertThat(told(server("listen: 0.0.0.0:80\npublic_url: http://x.example\n")))
                .hasSize(1);
        assertThat(told(server("listen: 0.0.0.0:80\npublic_url: https://x.example\n")))
                .isEmpty();
        assertThat(told(server("listen: 0.0.0.0:80\ninsecure: true\n"))).isEmpty();
        for (String loopback : List.of("127.0.0.1:0", "127.9.9.9:1", "localhost:80", "\"[::1]:80\"")) {
            assertThat(told(server("listen: " + loopback + "\n"))).as(loopback).isEmpty();
        }
        assertThat(told(server("listen: 127.evil.example:80\n"))).hasSize(1);
    }

    @Test
    void the_home_is_where_the_environment_says() {
        assertThat(Home.defaultFolder(Map.of("PLUMBLINE_HOME", "/p", "XDG_DATA_HOME", "/x", "HOME", "/h")))
                .isEqualTo(Path.of("/p"));
        assertThat(Home.defaultFolder(Map.of("XDG_DATA_HOME", "/x", "HOME", "/h")))
                .isEqualTo(Path.of("/x/plumbline"));
        assertThat(Home.defaultFolder(Map.of("XDG_DATA_HOME", "x", "HOME", "/h")))
                .isEqualTo(Path.of("/h/.local/share/plumbline"));
    }

    private static ConfigFile<RepositoryConfig> repository(String text) {
        return ConfigReader.repository("f.yaml", bytes(text));
    }

    private static ConfigFile<StackConfig> stack(String text) {
        return ConfigReader.stack("f.yaml", bytes(text));
    }

    private static ConfigFile<ServerConfig> server(String text) {
        return ConfigReader.server(Path.of("server.yaml"), bytes(text), HOME);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T valid(ConfigFile<T> file) {
        assertThat(file.problems()).isEmpty();
        return file.value();
    }

    private static List<String> told(ConfigFile<?> file) {
        return file.problems().stream().map(ConfigProblem::toString).collect(Collectors.toList());
    }
}
