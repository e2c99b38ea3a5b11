package dev.plumbline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.stack.AffectedStack.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChangeImpactTest {
    private static final String CODE = "resource \"terraform_data\" \"%1$s\" {\n  input = \"%1$s\"\n}\n"
            + "output \"%1$s_id\" {\n  value = terraform_data.%1$s.id\n}\n";

    private final MemoryTree before = MemoryTree.empty()
            .with(
                    "stacks/network/main.tf",
                    "module \"vpc\" {\n  source = \"../../modules/vpc\"\n}\n" + "output \"vpc_id\" {\n  value = 1\n}\n")
            .with("modules/vpc/main.tf", "locals {}\n")
            .with("modules/vpc/x.tpl", "")
            .with("stacks/app/main.tf", "variable \"vpc_id\" {}\n")
            .with("stacks/app/stack.yaml", "inputs: {vpc_id: network.vpc_id}\nwatch: [../../data/**]\n")
            .with("stacks/blue/main.tf", String.format(CODE, "blue"))
            .with("data/a.json", "1")
            .with("README.md", "")
            .with("plumbline.yaml", "stacks: ['stacks/**']\n");

    @Test
    void what_no_stack_reads_touches_none() {
        assertThat(impact(before.with("README.md", "new").with("modules/other/main.tf", "")))
                .isEmpty();
        assertThat(impact(before)).isEmpty();
    }

    @Test
    void each_touched_stack_has_its_reason() {
        assertThat(impact(before.with("stacks/network/x.tf", "# other\n")))
                .containsExactly("stacks/network CHANGED: stacks/network/x.tf added");
        assertThat(impact(before.with("stacks/network/main.tf", "# other\n")))
                .containsExactly(
                        "stacks/network CHANGED: stacks/network/main.tf changed; module modules/vpc is no longer used");
        assertThat(impact(before.with("modules/vpc/main.tf", "# other\n")))
                .containsExactly("stacks/network CHANGED: module modules/vpc changed (modules/vpc/main.tf)");
        assertThat(impact(before.without("modules/vpc/x.tpl").with("modules/vpc/b.tf", "")))
                .containsExactly(
                        "stacks/network CHANGED: module modules/vpc changed (modules/vpc/b.tf added and 1 more)");
        assertThat(impact(before.with("data/a.json", "2")))
                .containsExactly("stacks/app CHANGED: watched file data/a.json changed");
        assertThat(impact(before.with("stacks/app/stack.yaml", "name: x\n")))
                .containsExactly(
                        "stacks/app CHANGED: stacks/app/stack.yaml changed; watched file data/a.json is no longer read");
        assertThat(impact(before.withExecutable("stacks/blue/main.tf")))
                .containsExactly("stacks/blue CHANGED: stacks/blue/main.tf changed");
    }

    @Test
    void many_changed_files_are_counted() {
        MemoryTree after = before;
        for (int i = 0; i < 9; i++) {
            after = after.with("stacks/blue/f" + i, "");
        }
        assertThat(impact(after))
                .containsExactly("stacks/blue CHANGED: stacks/blue/f0 added; stacks/blue/f1 added;"
                        + " stacks/blue/f2 added; 6 more files differ in the stack's folder");
    }

    @Test
    void a_new_folder_is_a_new_stack_and_a_removed_one_a_removed_stack() {
        assertThat(impact(before.with("stacks/new/main.tf", ""))).containsExactly("stacks/new ADDED: new stack");
        assertThat(impact(before.without("stacks/blue"))).containsExactly("stacks/blue REMOVED: stack folder removed");
    }

    @Test
    void a_stack_that_the_configuration_no_longer_names_is_released_and_not_removed() {
        assertThat(impact(before.with("plumbline.yaml", "stacks: [stacks/network, stacks/app]\n")))
                .containsExactly("stacks/blue RELEASED: no longer a stack, though its code is still there; its state is"
                        + " left alone");
    }

    @Test
    void a_broken_plumbline_yaml_removes_nothing() {
        assertThat(impact(before.with("plumbline.yaml", "stacks: [none\n"))).isEmpty();
        assertThat(impact(before.with("plumbline.yaml", "stacks: [none]\nx: 1\n")))
                .isEmpty();
    }

    @Test
    void a_moved_folder_keeps_its_state_even_when_a_line_of_it_changed() {
        assertThat(impact(before.moved("stacks/blue", "stacks/cold/blue")))
                .containsExactly("stacks/cold/blue MOVED: moved from stacks/blue");
        String edited = String.format(CODE, "blue").replace("output", "# was\noutput");
        assertThat(impact(before.moved("stacks/blue", "stacks/green").with("stacks/green/main.tf", edited)))
                .containsExactly("stacks/green MOVED: moved from stacks/blue");
    }

    @Test
    void a_folder_with_other_code_is_new_and_not_moved() {
        assertThat(impact(before.without("stacks/blue").with("stacks/red/main.tf", String.format(CODE, "red"))))
                .containsExactly("stacks/blue REMOVED: stack folder removed", "stacks/red ADDED: new stack");
    }

    @Test
    void where_two_folders_could_be_the_moved_one_moved_from_decides() {
        MemoryTree after =
                before.moved("stacks/blue", "stacks/b1").with("stacks/b2/main.tf", String.format(CODE, "blue"));
        assertThat(impact(after))
                .containsExactly(
                        "stacks/b1 ADDED: new stack, unless it moved from stacks/blue: then say so with moved_from in its stack.yaml",
                        "stacks/b2 ADDED: new stack, unless it moved from stacks/blue: then say so with moved_from in its stack.yaml",
                        "stacks/blue REMOVED: stack folder removed");
        assertThat(impact(after.with("stacks/b2/stack.yaml", "moved_from: stacks/blue\n")))
                .containsExactly("stacks/b1 ADDED: new stack", "stacks/b2 MOVED: moved from stacks/blue");
    }

    @Test
    void moved_from_decides_also_when_nothing_is_alike() {
        MemoryTree after = before.without("stacks/blue")
                .with("stacks/red/main.tf", "# all new\n")
                .with("stacks/red/stack.yaml", "moved_from: stacks/blue/\n");
        assertThat(impact(after)).containsExactly("stacks/red MOVED: moved from stacks/blue");
        assertThat(ChangeImpact.between(read(before), read(after)).get(0).movedFrom())
                .contains(new StackId("main", "stacks/blue"));
    }

    @Test
    void a_move_from_long_ago_is_nothing_new() {
        MemoryTree moved =
                before.moved("stacks/blue", "stacks/red").with("stacks/red/stack.yaml", "moved_from: stacks/blue\n");
        MemoryTree next = moved.with("stacks/red/x", "");
        assertThat(told(ChangeImpact.between(read(moved), read(next))))
                .containsExactly("stacks/red CHANGED: stacks/red/x added");
    }

    @Test
    void readers_of_a_changed_stack_are_found_with_what_they_read() {
        MemoryTree tree = before.with("stacks/app/o.tf", "output \"url\" {\n  value = 1\n}\n")
                .with("stacks/far/main.tf", "variable \"url\" {}\n")
                .with("stacks/far/stack.yaml", "inputs: {url: app.url}\n")
                .with("stacks/blue/stack.yaml", "depends_on: [network]\n");
        List<StackId> network = List.of(new StackId("main", "stacks/network"));
        assertThat(told(ChangeImpact.downstreamOf(network, read(tree))))
                .containsExactly(
                        "stacks/app CHANGED: reads stacks/network.vpc_id", "stacks/far CHANGED: reads stacks/app.url");
    }

    @Test
    void every_kind_but_a_move_has_no_origin() {
        assertThat(ChangeImpact.between(read(before), read(before.without("stacks/blue"))))
                .allMatch(stack ->
                        stack.kind() == Kind.REMOVED && stack.movedFrom().isEmpty());
    }

    private List<String> impact(MemoryTree after) {
        return told(ChangeImpact.between(read(before), read(after)));
    }

    private static List<String> told(List<AffectedStack> affected) {
        return affected.stream()
                .map(each -> each.stack() + " " + each.kind() + ": " + String.join("; ", each.reasons()))
                .collect(Collectors.toList());
    }

    private static StackCatalog read(MemoryTree tree) {
        return StackCatalog.read("main", tree);
    }
}
