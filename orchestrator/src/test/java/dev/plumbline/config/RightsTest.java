package dev.plumbline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may do what, as plumbline.yaml says it and server.yaml limits it. */
class RightsTest {

    private static ConfigFile<RepositoryConfig> repository(String text) {
        return ConfigReader.repository("plumbline.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static ConfigFile<ServerConfig> server(String text) {
        return ConfigReader.server(Path.of("server.yaml"), text.getBytes(StandardCharsets.UTF_8), Map.of("HOME", "/h"));
    }

    private static List<String> told(ConfigFile<?> file) {
        return file.problems().stream().map(ConfigProblem::toString).toList();
    }

    private static List<String> words(List<Grantee> grantees) {
        return grantees.stream().map(Grantee::toString).toList();
    }

    @Test
    void without_a_word_readers_plan_writers_apply_and_approve_and_admins_unlock() {
        Rights rights = repository("").value().may();

        assertThat(words(rights.to(Rights.Act.PLAN))).containsExactly("read");
        assertThat(words(rights.to(Rights.Act.APPLY))).containsExactly("write");
        assertThat(words(rights.to(Rights.Act.APPROVE))).containsExactly("write");
        assertThat(words(rights.to(Rights.Act.UNLOCK))).containsExactly("admin");
    }

    @Test
    void an_act_that_is_named_has_its_own_list_and_the_others_keep_their_defaults() {
        ConfigFile<RepositoryConfig> file =
                repository("may:\n  approve: [\"@platform/ops\", codeowners, \"@ada\", admin]\n");

        assertThat(file.problems()).isEmpty();
        Rights rights = file.value().may();
        assertThat(rights.approve())
                .containsExactly(
                        new Grantee.Team("platform/ops"),
                        new Grantee.CodeOwners(),
                        new Grantee.Person("ada"),
                        new Grantee.AtLeast(Grantee.Level.ADMIN));
        assertThat(words(rights.apply())).containsExactly("write");
        assertThat(file.positions()).containsKey("may.approve[1]");
    }

    @Test
    void an_entry_that_is_none_is_told_at_its_place_with_what_it_can_be() {
        assertThat(told(repository("may: { apply: [write, maintainers] }")))
                .containsExactly(
                        "plumbline.yaml:1:23: 'may.apply[1]' expects read, write, admin, codeowners, \"@login\""
                                + " or \"@org/team\": 'maintainers' is none; people and teams begin with @");
        assertThat(told(repository("may: { aply: [write] }")).get(0)).contains("did you mean 'apply'?");
    }

    @Test
    void a_login_without_quotes_is_no_yaml_and_the_error_says_to_quote_it() {
        assertThat(told(repository("may:\n  apply: [@ada]\n")))
                .singleElement()
                .asString()
                .startsWith("plumbline.yaml:2:11: not valid YAML")
                .endsWith("quote what begins with @, as in \"@ada\"");
    }

    @Test
    void an_empty_list_would_let_nobody_and_is_refused() {
        assertThat(told(repository("may: { apply: [] }")))
                .containsExactly(
                        "plumbline.yaml:1:8: 'may.apply' is an empty list, which lets nobody; leave the key out"
                                + " to have the default");
        assertThat(told(server("floors:\n- may: { unlock: [] }\n")))
                .containsExactly("server.yaml:2:10: 'floors[0].may.unlock' is an empty list, which lets nobody; leave"
                        + " the key out where nothing is asked for");
    }

    @Test
    void floors_ask_only_for_what_they_name() {
        ConfigFile<ServerConfig> file =
                server("floors:\n- { repository: \"team/*\", approvals: 1, may: { apply: [write] } }\n");

        assertThat(file.problems()).isEmpty();
        Floor floor = file.value().floors().get(0);
        assertThat(words(floor.may().apply())).containsExactly("write");
        assertThat(floor.may().approve()).isEmpty();
    }

    @Test
    void all_floors_over_a_repository_count_and_the_largest_number_of_approvals() {
        List<Floor> floors = server(
                        "floors:\n- { approvals: 1 }\n- { repository: \"team/*\", approvals: 2 }\n- { repository: x }\n")
                .value()
                .floors();

        assertThat(Floor.under(floors, "team/infra")).hasSize(2);
        assertThat(Floor.approvals(floors, "team/infra", 0)).isEqualTo(2);
        assertThat(Floor.approvals(floors, "other", 0)).isEqualTo(1);
        assertThat(Floor.approvals(floors, "other", 3)).isEqualTo(3);
        assertThat(Floor.approvals(List.of(), "other", 0)).isZero();
    }
}
