package dev.plumbline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReleasedTest {
    private final MemoryTree before = MemoryTree.empty()
            .with("stacks/a/main.tf", "")
            .with("stacks/b/main.tf", "")
            .with("stacks/c/main.tf", "")
            .with("plumbline.yaml", "stacks: ['stacks/*']\n");

    @Test
    void what_the_globs_leave_out_is_told_apart_from_what_is_removed_or_moved() {
        Released released =
                released(before.without("stacks/b").with("plumbline.yaml", "stacks:\n  - stacks/a\n  - stacks/b\n"));

        assertThat(released.leftOut()).extracting(StackId::folder).containsExactly("stacks/c");
        assertThat(released.called()).isEmpty();
        assertThat(released.all()).isFalse();
        assertThat(released(before.without("stacks/b"))).isEqualTo(Released.NONE);
        assertThat(released(before.with("stacks/new/main.tf", "")
                        .with("stacks/new/stack.yaml", "moved_from: stacks/c\n")
                        .with("plumbline.yaml", "stacks: [stacks/a, stacks/b, stacks/new]\n")))
                .isEqualTo(Released.NONE);
    }

    @Test
    void what_another_stack_calls_as_a_module_is_none_any_more_unless_it_stands_alone() {
        MemoryTree called = before.with("stacks/a/main.tf", "module \"b\" {\n  source = \"../b\"\n}\n");

        assertThat(released(called).called()).extracting(StackId::folder).containsExactly("stacks/b");
        assertThat(released(called).leftOut()).isEmpty();
        assertThat(released(called.with("stacks/b/stack.yaml", "name: b\n"))).isEqualTo(Released.NONE);
        assertThat(Released.between(read(called.with("stacks/b/stack.yaml", "name: b\n")), read(called))
                        .called())
                .as("the stack.yaml kept it a stack")
                .hasSize(1);
    }

    @Test
    void a_glob_that_fits_nothing_is_told_where_it_stands_also_where_no_stack_is_left() {
        Released typo = released(before.with("plumbline.yaml", "approvals: 1\nstacks:\n  - stakcs/*\n"));

        assertThat(typo.all()).isTrue();
        assertThat(typo.count()).isEqualTo(3);
        assertThat(typo.warnings())
                .containsExactly("plumbline.yaml:3:5: 'stacks' has 'stakcs/*', which fits no folder with Terraform"
                        + " files; globs start at the repository's root, such as 'stacks/a'");
        Released added = released(before.with("plumbline.yaml", "stacks: ['stacks/*', 'new/*']\n"));
        assertThat(added.count()).isZero();
        assertThat(added.warnings())
                .containsExactly(
                        "plumbline.yaml:1:22: 'stacks' has 'new/*', which fits no folder with Terraform files");
    }

    @Test
    void what_main_is_warned_of_already_is_not_told_again() {
        MemoryTree warned = before.with("plumbline.yaml", "stacks: ['stacks/*', 'new/*']\n");

        assertThat(Released.between(read(warned), read(warned.without("stacks/a"))))
                .isEqualTo(Released.NONE);
    }

    @Test
    void of_a_configuration_with_errors_nothing_is_said() {
        assertThat(released(before.with("plumbline.yaml", "stacks: [none]\nx: 1\n")))
                .isEqualTo(Released.NONE);
    }

    @Test
    void a_repository_whose_stacks_are_all_removed_is_not_left_without_any_by_mistake() {
        assertThat(released(before.without("stacks/a").without("stacks/b").without("stacks/c")))
                .isEqualTo(new Released(List.of(), List.of(), List.of(), false));
    }

    private Released released(MemoryTree after) {
        return Released.between(read(before), read(after));
    }

    private static StackCatalog read(MemoryTree tree) {
        return StackCatalog.read("main", tree);
    }
}
