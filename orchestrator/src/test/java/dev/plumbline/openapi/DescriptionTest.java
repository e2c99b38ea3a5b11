package dev.plumbline.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What GitHub's own description finds wrong, and what it leaves alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescriptionTest {
    private static final String REPOSITORY = "/repos/{owner}/{repo}";

    private final Description api = Description.read(RealParts.gitHubDescription("openapi", "23.0.2"));
    private final Description hooks = Description.read(RealParts.gitHubDescription("openapi-webhooks", "12.1.0"));

    @Test
    void a_request_has_the_words_and_members_that_are_described() {
        Description.Operation status = operation("POST", REPOSITORY + "/statuses/{sha}");

        assertThat(status.faults(Map.of(), json("{'state': 'success', 'context': 'plumbline/plan'}")))
                .isEmpty();
        assertThat(status.faults(Map.of(), json("{'state': 'fine'}")))
                .singleElement()
                .asString()
                .contains("/state");
        assertThat(status.faults(Map.of(), json("{'state': 'success', 'name': 'plan'}")))
                .singleElement()
                .asString()
                .contains("/name is not described");
        assertThat(status.faults(Map.of(), Optional.empty()))
                .singleElement()
                .asString()
                .contains("lacks its body");
    }

    @Test
    void a_query_has_the_parameters_and_types_that_are_described() {
        Description.Operation pulls = operation("GET", REPOSITORY + "/pulls");

        assertThat(pulls.faults(Map.of("state", "open", "per_page", "100"), Optional.empty()))
                .isEmpty();
        assertThat(pulls.faults(Map.of("limit", "100"), Optional.empty())).hasSize(1);
        assertThat(pulls.faults(Map.of("page", "first"), Optional.empty())).hasSize(1);
        assertThat(pulls.faults(Map.of("state", "opened"), Optional.empty())).hasSize(1);
    }

    @Test
    void an_answer_is_completed_with_what_is_required_and_held_against_its_schema() {
        Description.Message made = operation("POST", REPOSITORY + "/issues/{issue_number}/comments")
                .answer(201)
                .orElseThrow();
        JsonNode comment =
                json("{'id': 7, 'body': 'Me too', 'user': {'login': 'ada'}}").orElseThrow();

        assertThat(made.faults(comment)).isNotEmpty();
        assertThat(made.faults(made.completed(comment))).isEmpty();
        assertThat(made.completed(comment).path("user").path("login").asString())
                .isEqualTo("ada");
        assertThat(made.faults(made.completed(json("{'id': 'seven'}").orElseThrow())))
                .isNotEmpty();
        assertThat(made.faults(made.completed(json("{'text': 'Me too'}").orElseThrow())))
                .singleElement()
                .asString()
                .contains("/text is not described");
    }

    @Test
    void what_is_sent_to_webhooks_is_described_too() {
        Description.Message opened = hooks.webhook("pull-request-opened").orElseThrow();
        JsonNode body = json("{'action': 'opened', 'number': 1, 'pull_request': {'number': 1}, 'repository': {}}")
                .orElseThrow();

        assertThat(opened.faults(body)).isNotEmpty();
        assertThat(opened.faults(opened.completed(body))).isEmpty();
        assertThat(hooks.webhook("pull-request-forgotten")).isEmpty();
    }

    private Description.Operation operation(String method, String template) {
        return api.operation(method, template).orElseThrow();
    }

    private static Optional<JsonNode> json(String text) {
        return Optional.of(JsonMapper.shared().readTree(text.replace('\'', '"')));
    }
}
