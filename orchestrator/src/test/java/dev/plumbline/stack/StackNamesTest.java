package dev.plumbline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.stack.StackNames.Ambiguous;
import dev.plumbline.stack.StackNames.Found;
import dev.plumbline.stack.StackNames.Named;
import dev.plumbline.stack.StackNames.Unknown;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackNamesTest {
    private static final StackId NETWORK = new StackId("main", "stacks/network");
    private static final StackId EU_APP = new StackId("main", "stacks/eu/app");
    private static final StackId US_APP = new StackId("main", "stacks/us/app");
    private static final StackId OTHER_NETWORK = new StackId("team/infra", "stacks/network");
    private static final StackId TOP_DATA = new StackId("main", "data");
    private static final StackId LOW_DATA = new StackId("main", "stacks/data");

    private final StackNames names = new StackNames(List.of(
            new Named(NETWORK, Optional.of("backbone")),
            new Named(EU_APP, Optional.of("eu")),
            new Named(US_APP, Optional.empty()),
            new Named(OTHER_NETWORK, Optional.empty()),
            new Named(TOP_DATA, Optional.empty()),
            new Named(LOW_DATA, Optional.empty())));

    @Test
    void a_stack_is_found_by_id_name_and_unique_last_folder() {
        assertThat(names.resolve("stacks/eu/app")).isEqualTo(new Found(EU_APP));
        assertThat(names.resolve("./stacks/eu/app/")).isEqualTo(new Found(EU_APP));
        assertThat(names.resolve("eu")).isEqualTo(new Found(EU_APP));
        assertThat(names.resolve("backbone")).isEqualTo(new Found(NETWORK));
        assertThat(names.resolve("team/infra:stacks/network")).isEqualTo(new Found(OTHER_NETWORK));
        assertThat(names.resolve("team/infra:network")).isEqualTo(new Found(OTHER_NETWORK));
        assertThat(names.resolve("main:backbone")).isEqualTo(new Found(NETWORK));
    }

    @Test
    void a_whole_folder_goes_before_a_last_one() {
        assertThat(names.resolve("data")).isEqualTo(new Found(TOP_DATA));
    }

    @Test
    void an_ambiguous_name_lists_what_can_be_typed_instead() {
        assertThat(names.resolve("app"))
                .isEqualTo(new Ambiguous("app", List.of("main:stacks/eu/app", "main:stacks/us/app")));
        assertThat(names.resolve("network"))
                .isEqualTo(new Ambiguous("network", List.of("main:stacks/network", "team/infra:stacks/network")));
    }

    @Test
    void an_unknown_name_comes_with_the_nearest() {
        assertThat(names.resolve("bakbone")).isEqualTo(new Unknown("bakbone", Optional.of("backbone")));
        assertThat(names.resolve("stacks/eu/ap")).isEqualTo(new Unknown("stacks/eu/ap", Optional.of("stacks/eu/app")));
        assertThat(names.resolve("")).isEqualTo(new Unknown("", Optional.empty()));
        assertThat(names.resolve("zzzzzz")).isEqualTo(new Unknown("zzzzzz", Optional.empty()));
    }

    @Test
    void ids_are_printed_with_their_repository_as_soon_as_there_are_stacks_of_two() {
        assertThat(names.printed(NETWORK)).isEqualTo("main:stacks/network");
        assertThat(names.printed(EU_APP)).isEqualTo("main:stacks/eu/app");
        StackNames alone = new StackNames(List.of(new Named(NETWORK, Optional.empty())));
        assertThat(alone.printed(NETWORK)).isEqualTo("stacks/network");
    }
}
