package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrailerTest {
    private static final CommitSha HEAD = new CommitSha("a".repeat(40));
    private static final CommitSha BASE = new CommitSha("b".repeat(40));

    private static final Change CHANGE = new Change(
            7,
            "main",
            "topic",
            "Title",
            "ann",
            HEAD,
            new Change.Preview(HEAD, BASE, "tree"),
            ChangeState.PLANNED,
            "",
            null,
            false,
            Instant.EPOCH,
            Instant.EPOCH,
            null);

    @Test
    void programs_read_what_people_do_not_see() {
        PlansDigest digest = new PlansDigest("c".repeat(64));
        String line = trailer("stacks/network", Optional.of(digest)).within(10_000);

        assertThat(json(line)).isEqualTo(JsonMapper.shared().readTree("""
                        {"change": 7, "state": "planned", "head": "%s", "base": "%s", "digest": "%s",
                         "stacks": {"stacks/network": "planned"}}
                        """.formatted(HEAD, BASE, digest.hex())));
    }

    @Test
    void no_folder_ends_the_comment_or_mentions_anybody() {
        String folder = "a --> b --!> <img> @ann #1 & \"\\";
        String line = trailer(folder, Optional.empty()).within(10_000);

        assertThat(line.substring(4, line.length() - 4)).doesNotContain("<", ">", "@", "#", "&");
        assertThat(json(line).path("stacks").propertyNames()).containsExactly(folder);
    }

    @Test
    void too_many_stacks_are_only_counted() {
        TreeMap<String, String> many = IntStream.range(0, 500)
                .boxed()
                .collect(Collectors.toMap(each -> "stacks/s" + each, each -> "planned", (a, b) -> a, TreeMap::new));
        String line = new Trailer(CHANGE, "planned", Optional.empty(), many).within(8_000);

        assertThat(line).hasSizeLessThan(8_000);
        assertThat(json(line).path("stacks_left_out").asInt()).isEqualTo(500);
    }

    private static Trailer trailer(String folder, Optional<PlansDigest> digest) {
        TreeMap<String, String> stacks = new TreeMap<>();
        stacks.put(folder, "planned");
        return new Trailer(CHANGE, "planned", digest, stacks);
    }

    private static JsonNode json(String line) {
        assertThat(line).startsWith("<!-- plumbline {").endsWith("} -->\n");
        return JsonMapper.shared()
                .readTree(line.substring("<!-- plumbline ".length(), line.length() - " -->\n".length()));
    }
}
