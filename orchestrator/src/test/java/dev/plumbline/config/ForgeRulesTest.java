package dev.plumbline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What server.yaml may say of forges and their repositories, and what is told where it may not. */
class ForgeRulesTest {
    private static final String WORK = "forges:\n- { name: work, kind: git, url: \"https://git.example.com/team\" }\n";

    private static ConfigFile<ServerConfig> read(String text) {
        return ConfigReader.server(
                Path.of("server.yaml"), text.getBytes(StandardCharsets.UTF_8), Map.of("HOME", "/h", "TOKEN", "s3cret"));
    }

    private static List<String> told(String text) {
        return read(text).problems().stream().map(ConfigProblem::toString).toList();
    }

    private static String forge(String more) {
        return "forges:\n- { name: work, kind: git, " + more + " }\n";
    }

    private static String address(String url, String repository) {
        ServerConfig config = read("forges: [{ name: w, kind: git, url: '" + url + "' }]\nrepositories: [{ forge: w, "
                        + repository + " }]")
                .value();
        return config.repositories().get(0).address(config.forges().get(0));
    }

    @Test
    void a_forge_and_its_repositories_are_read_with_their_defaults_and_shown_without_secrets() {
        ConfigFile<ServerConfig> file =
                read("forges:\n- { name: work, kind: git, url: \"https://git.example.com/team\","
                        + " token: \"${env:TOKEN}\" }\nrepositories:\n- { forge: work, name: infra }\n");

        assertThat(file.problems()).isEmpty();
        ForgeConfig forge = file.value().forges().get(0);
        assertThat(forge.token()).contains("s3cret");
        assertThat(forge.poll()).hasSeconds(60);
        assertThat(forge.notes()).isTrue();
        assertThat(file.value().toString()).doesNotContain("s3cret").contains("https://git.example.com/team");
    }

    @Test
    void addresses_are_made_as_servers_expect_them() {
        assertThat(address("https://git.example.com/team", "name: infra"))
                .isEqualTo("https://git.example.com/team/infra.git");
        assertThat(address("git@git.example.com:", "name: team/infra")).isEqualTo("git@git.example.com:team/infra");
        assertThat(address("ssh://git@git.example.com:2222/srv/", "name: infra"))
                .isEqualTo("ssh://git@git.example.com:2222/srv/infra");
        assertThat(address("/srv/git", "name: infra")).isEqualTo("/srv/git/infra");
        assertThat(address("https://dev.example.com/org", "name: infra, path: _git/infra"))
                .isEqualTo("https://dev.example.com/org/_git/infra");
    }

    @Test
    void an_unknown_kind_names_those_there_are() {
        assertThat(told("forges: [{ name: w, kind: svn, url: /srv }]").get(0))
                .isEqualTo("server.yaml:1:27: 'forges[0].kind' expects git or gitea or github or gitlab, not 'svn'");
    }

    @Test
    void github_takes_a_token_or_an_app_with_its_id_and_the_key_itself() {
        String github = "forges: [{ name: w, kind: github, url: \"https://github.com\", ";
        assertThat(told(github + "token: t }]")).isEmpty();
        assertThat(told(github + "app: { id: 1234567, private_key: '-----BEGIN RSA PRIVATE KEY-----' } }]"))
                .isEmpty();
        assertThat(told(github + "poll: 5s }]"))
                .singleElement()
                .asString()
                .contains("'token' is missing", "or for an 'app'");
        assertThat(told(github + "token: t, app: { id: 7, private_key: PRIVATE KEY } }]"))
                .singleElement()
                .asString()
                .contains("a token or an app, not both");
        assertThat(told(github + "app: { id: 7 } }]"))
                .singleElement()
                .asString()
                .contains("both id and private_key");
        assertThat(told(github + "app: { id: 7, private_key: /etc/app.pem } }]"))
                .singleElement()
                .asString()
                .contains("'private_key' is the private key itself");
        assertThat(told("forges: [{ name: w, kind: gitea, url: \"https://git.example.com\","
                        + " app: { id: 7, private_key: PRIVATE KEY } }]"))
                .anyMatch(text -> text.contains("'app' is for forges of kind github"));
    }

    @Test
    void a_forge_with_pull_requests_needs_a_token_and_an_address_that_its_api_answers_at() {
        assertThat(told("forges: [{ name: w, kind: gitea, url: \"https://git.example.com\", token: t,"
                        + " webhook_secret: s }]"))
                .isEmpty();
        assertThat(told("forges: [{ name: w, kind: gitea, url: \"https://git.example.com\" }]"))
                .singleElement()
                .asString()
                .contains("'token' is missing: the API of the forge asks for one");
        assertThat(told("forges: [{ name: w, kind: gitea, url: /srv, token: t }]"))
                .anyMatch(text -> text.contains("give its http or https address"));
        assertThat(told("forges: [{ name: w, kind: gitea, url: \"https://git.example.com\", token: t, notes: true }]"))
                .singleElement()
                .asString()
                .contains("elsewhere plans stand on pull requests");
    }

    @Test
    void a_signing_token_of_gitlab_is_a_key_in_base64() {
        String forge = "forges: [{ name: w, kind: gitlab, url: \"https://gitlab.com\", token: t, webhook_secret: ";
        assertThat(told(forge + "plain }]")).isEmpty();
        assertThat(told(forge + "whsec_" + "A".repeat(43) + "= }]")).isEmpty();
        assertThat(told(forge + "whsec_cut! }]"))
                .singleElement()
                .asString()
                .contains("'webhook_secret' begins as a signing token does, but is none: copy all of it");
    }

    @Test
    void commands_in_comments_begin_with_one_word_where_there_are_comments() {
        String gitea = "forges: [{ name: w, kind: gitea, url: \"https://git.example.com\", token: t, command: ";
        assertThat(told(gitea + "acme-plumbline }]")).isEmpty();
        assertThat(told(gitea + "\"acme plumbline\" }]"))
                .singleElement()
                .asString()
                .contains("'command' is one word of letters, digits, - and _");
        assertThat(told("forges: [{ name: w, kind: git, url: /srv, command: acme }]"))
                .singleElement()
                .asString()
                .contains("plain Git has no comments");
    }

    @Test
    void plain_git_sends_no_webhooks() {
        assertThat(told("forges: [{ name: w, kind: git, url: /srv, webhook_secret: s }]"))
                .singleElement()
                .asString()
                .contains("plain Git sends no webhooks: it is polled");
    }

    @Test
    void what_is_missing_is_named() {
        assertThat(told("forges: [{}]\nrepositories: [{}]"))
                .extracting(text -> text.replaceFirst("^server.yaml:[0-9]+:[0-9]+: ", ""))
                .containsExactly(
                        "'name' is missing: how repositories name it",
                        "'kind' is missing: git or gitea or github or gitlab",
                        "'url' is missing: below which its repositories are",
                        "'forge' is missing: the name of a forge",
                        "'name' is missing: its name there");
    }

    @Test
    void a_glob_finds_nothing_where_repositories_can_not_be_listed() {
        assertThat(told(WORK + "repositories: [{ forge: work, name: \"infra-*\" }]"))
                .singleElement()
                .asString()
                .contains("server.yaml:3:")
                .contains(
                        "a forge of kind git can't list its repositories, so 'infra-*' finds none: name each of them");
    }

    @Test
    void an_unknown_forge_hints_at_the_one_that_is_meant() {
        assertThat(told(WORK + "repositories: [{ forge: wrok, name: infra }]"))
                .singleElement()
                .asString()
                .contains("there is no forge 'wrok'")
                .contains("work");
    }

    @Test
    void names_are_unique_and_can_be_folders() {
        assertThat(told(WORK + "repositories: [{ forge: work, name: a }, { forge: work, name: a }]"))
                .singleElement()
                .asString()
                .contains("two repositories are called 'a'");
        assertThat(told(WORK + "repositories: [{ forge: work, name: \"../a\" }]"))
                .hasSize(1);
        assertThat(told(WORK + "repositories: [{ forge: work, name: a.git }]")).hasSize(1);
        assertThat(told(WORK + WORK.replace("forges:\n", "")))
                .singleElement()
                .asString()
                .contains("two forges");
    }

    @Test
    void an_address_that_is_neither_encrypted_nor_authenticated_by_anything_is_refused() {
        assertThat(told(forge("url: \"git://git.example.com/team\"")))
                .singleElement()
                .asString()
                .contains("'url' expects an address that Git takes, such as https://git.example.com/team");
    }

    @Test
    void a_password_never_stands_in_an_address() {
        assertThat(told(forge("url: \"https://ada:s3cret@git.example.com/team\"")))
                .singleElement()
                .asString()
                .contains("put it into 'password' or 'token'")
                .doesNotContain("s3cret");
    }

    @Test
    void credentials_fit_the_way_the_forge_is_reached() {
        assertThat(told(forge("url: /srv/git, token: x")))
                .singleElement()
                .asString()
                .contains("for http and https");
        assertThat(told(forge("url: \"https://h/t\", ssh_key: \"-- PRIVATE KEY --\"")))
                .singleElement()
                .asString()
                .contains("ssh_key and known_hosts are for ssh");
        assertThat(told(forge("url: \"git@h:t\", ssh_key: /etc/key")))
                .singleElement()
                .asString()
                .contains("\"${file:/path/to/key}\"");
        assertThat(told(forge("url: \"https://h/t\", token: x, password: y"))).hasSize(1);
        assertThat(told(forge("url: \"https://h/t\", username: ada"))).hasSize(1);
        assertThat(told(forge("url: \"https://h/t\", token: \"a\\nb\""))).hasSize(1);
    }

    @Test
    void a_branch_is_written_by_its_name() {
        assertThat(told(WORK + "repositories: [{ forge: work, name: a, branch: release/1 }]"))
                .isEmpty();
        for (String wrong : List.of("refs/heads/main", "-x", "a..b", "a b")) {
            assertThat(told(WORK + "repositories: [{ forge: work, name: a, branch: \"" + wrong + "\" }]"))
                    .as(wrong)
                    .hasSize(1);
        }
    }
}
