package dev.plumbline.forge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a forge's words about a pull request is linked to. */
class PullRequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://git.example/infra/pulls/4", "http://127.0.0.1:3000/a/b/pulls/1", "HTTPS://x/1"})
    void a_page_that_browsers_open_is_linked_to(String address) {
        assertThat(PullRequest.linked(address)).hasValue(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "javascript:alert(1)",
                "data:text/html,x",
                " https://x/1",
                "https:///1",
                "https://x/1\njavascript:alert(1)",
                "https://x/ 1",
                "//x/1",
                "/pulls/1"
            })
    void nothing_else_is(String address) {
        assertThat(PullRequest.linked(address)).isEmpty();
    }
}
