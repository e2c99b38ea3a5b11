package dev.plumbline.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where the API of a GitHub is looked for. */
class GitHubAddressTest {
    @Test
    void the_cloud_has_its_api_on_a_host_of_its_own_and_a_server_below_its_pages() {
        assertThat(GitHubAddress.api("https://github.com")).isEqualTo("https://api.github.com");
        assertThat(GitHubAddress.api("https://GitHub.com/")).isEqualTo("https://api.github.com");
        assertThat(GitHubAddress.api("https://octo.ghe.com")).isEqualTo("https://api.octo.ghe.com");
        assertThat(GitHubAddress.api("https://github.example.com:8443/"))
                .isEqualTo("https://github.example.com:8443/api/v3");
    }
}
