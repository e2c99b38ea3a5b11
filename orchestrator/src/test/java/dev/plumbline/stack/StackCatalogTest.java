package dev.plumbline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.TreeEntry;
import dev.plumbline.stack.Stack.Input;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StackCatalogTest {
    private static final String NETWORK =
            "module \"vpc\" {\n  source = \"../../modules/vpc\"\n}\n" + "output \"vpc_id\" {\n  value = 1\n}\n";
    private static final String APP = "variable \"vpc_id\" {}\nresource \"terraform_data\" \"app\" {}\n";

    private final MemoryTree two = MemoryTree.empty()
            .with("stacks/network/main.tf", NETWORK)
            .with("modules/vpc/main.tf", "module \"inner\" {\n  source = \"../inner\"\n}\n")
            .with("modules/inner/main.tf", "locals {}\n")
            .with("modules/unused/main.tf", "locals {}\n")
            .with("stacks/app/main.tf", APP)
            .with("stacks/app/stack.yaml", "inputs: {vpc_id: network.vpc_id}\n")
            .with("README.md", "hello\n")
            .with("plumbline.yaml", "stacks: ['stacks/**']\n");

    @Test
    void without_a_configuration_every_folder_with_code_that_no_module_call_names_is_a_stack() {
        MemoryTree tree = two.without("plumbline.yaml").with(".hidden/x/main.tf", "");
        assertThat(folders(read(tree))).containsExactly("modules/unused", "stacks/app", "stacks/network");
    }

    @Test
    void globs_choose_the_stacks() {
        assertThat(folders(read(two))).containsExactly("stacks/app", "stacks/network");
        assertThat(read(two).problems()).isEmpty();
        assertThat(folders(read(two.with("plumbline.yaml", "stacks: ['*/network']"))))
                .containsExactly("stacks/network");
    }

    @Test
    void a_called_folder_with_a_backend_or_a_stack_yaml_is_a_stack_all_the_same() {
        MemoryTree tree = MemoryTree.empty()
                .with("a/main.tf", "module \"b\" {\n  source = \"../b\"\n}\nmodule \"c\" {\n  source = \"../c\"\n}\n")
                .with("b/main.tf", "terraform {\n  backend \"s3\" {}\n}\n")
                .with("c/main.tf", "")
                .with("c/stack.yaml", "");
        assertThat(folders(read(tree))).containsExactly("a", "b", "c");
    }

    @Test
    void a_stack_at_the_root_leaves_hidden_folders_and_uncalled_modules_out() {
        MemoryTree tree = MemoryTree.empty()
                .with("main.tf", "module \"m\" {\n  source = \"./m\"\n}\n")
                .with("m/main.tf", "")
                .with("templates/a.tpl", "")
                .with("other/main.tf", "")
                .with(".ci/run", "")
                .with("plumbline.yaml", "stacks: ['.']");
        assertThat(folders(read(tree))).containsExactly(".");
        assertThat(closure(tree, ".")).containsExactly("m/main.tf", "main.tf", "templates/a.tpl");
    }

    @Test
    void the_closure_is_the_folder_and_the_chain_of_local_modules_and_nothing_else() {
        assertThat(closure(two, "stacks/network"))
                .containsExactly("modules/inner/main.tf", "modules/vpc/main.tf", "stacks/network/main.tf");
        assertThat(stack(two, "stacks/network").modules()).containsExactly("modules/inner", "modules/vpc");
    }

    @Test
    void the_closure_leaves_nested_stacks_out() {
        MemoryTree tree = two.with("stacks/app/inside/main.tf", "").with("stacks/app/files/x.json", "{}");
        assertThat(folders(read(tree))).contains("stacks/app", "stacks/app/inside");
        assertThat(closure(tree, "stacks/app"))
                .containsExactly("stacks/app/files/x.json", "stacks/app/main.tf", "stacks/app/stack.yaml");
    }

    @Test
    void the_closure_holds_what_the_code_reads_by_its_path() {
        MemoryTree tree = two.with(
                        "modules/inner/main.tf",
                        "locals {\n"
                                + "  a = file(\"${path.module}/../shared/a.txt\")\n"
                                + "  b = file(\"${path.root}/../shared/b.txt\")\n"
                                + "  c = file(\"../shared/c/${local.name}.txt\")\n"
                                + "  d = file(\"${path.module}/gone.txt\")\n}\n")
                .with("modules/shared/a.txt", "")
                .with("stacks/shared/b.txt", "")
                .with("stacks/shared/c/1.txt", "")
                .with("stacks/shared/c/2.txt", "")
                .with("stacks/shared/unread.txt", "");
        assertThat(closure(tree, "stacks/network"))
                .contains(
                        "modules/shared/a.txt", "stacks/shared/b.txt", "stacks/shared/c/1.txt", "stacks/shared/c/2.txt")
                .doesNotContain("stacks/shared/unread.txt");
        assertThat(stack(tree, "stacks/network").missingFiles()).containsExactly("modules/inner/gone.txt");
        assertThat(told(tree))
                .containsExactly(
                        "modules/inner/main.tf:5:7: no such file in this commit: modules/inner/gone.txt (warning)");
        assertThat(read(tree).usable(id("stacks/network"))).isTrue();
    }

    @Test
    void the_closure_holds_watched_and_variable_files_and_what_links_lead_to() {
        MemoryTree tree = two.with(
                        "stacks/app/stack.yaml", "watch: [../../data/*.json, /more/**]\nvar_files: [../x.tfvars]\n")
                .with("data/a.json", "{}")
                .with("data/a.txt", "")
                .with("more/deep/b", "")
                .with("stacks/x.tfvars", "")
                .with("common/versions.tf", "terraform {\n  required_providers {\n    aws = {}\n  }\n}\n")
                .withLink("stacks/app/versions.tf", "../../common/versions.tf");
        assertThat(closure(tree, "stacks/app"))
                .containsExactly(
                        "common/versions.tf",
                        "data/a.json",
                        "more/deep/b",
                        "stacks/app/main.tf",
                        "stacks/app/stack.yaml",
                        "stacks/app/versions.tf",
                        "stacks/x.tfvars");
        assertThat(stack(tree, "stacks/app").init().providers()).isTrue();
        assertThat(told(tree.withLink("stacks/app/x", "../../../etc")))
                .containsExactly("stacks/app/x:1:1: this link leads out of the repository");
        assertThat(told(tree.without("stacks/x.tfvars")).get(0))
                .startsWith("stacks/app/stack.yaml:2:13: no such file in this commit: '../x.tfvars'");
    }

    @Test
    void the_hash_tells_paths_modes_and_contents_apart_and_nothing_else() {
        String hash = stack(two, "stacks/network").closure().hash();
        assertThat(stack(two.with("README.md", "other"), "stacks/network")
                        .closure()
                        .hash())
                .isEqualTo(hash);
        assertThat(stack(two.with("modules/inner/main.tf", "# x\n"), "stacks/network")
                        .closure()
                        .hash())
                .isNotEqualTo(hash);
        assertThat(stack(two.withExecutable("stacks/network/main.tf"), "stacks/network")
                        .closure()
                        .hash())
                .isNotEqualTo(hash);
    }

    @Test
    void inputs_and_depends_on_and_remote_states_order_the_stacks() {
        MemoryTree tree = two.with("stacks/network/backend.tf", s3("net"))
                .with(
                        "stacks/reader/main.tf",
                        "data \"terraform_remote_state\" \"net\" {\n  backend = \"s3\"\n"
                                + "  config = {\n    key = \"net\"\n    bucket = \"b\"\n  }\n}\n")
                .with("stacks/last/main.tf", "")
                .with("stacks/last/stack.yaml", "depends_on: [app, stacks/reader]\n");
        StackCatalog catalog = read(tree);
        assertThat(catalog.problems()).isEmpty();
        assertThat(stack(tree, "stacks/app").inputs())
                .containsEntry("vpc_id", new Input(id("stacks/network"), "vpc_id"));
        assertThat(catalog.graph().order())
                .extracting(StackId::folder)
                .containsExactly("stacks/network", "stacks/app", "stacks/reader", "stacks/last");
        assertThat(catalog.graph().downstream(List.of(id("stacks/network")))).hasSize(3);
        assertThat(catalog.graph().upstream(List.of(id("stacks/last")))).hasSize(3);
    }

    @Test
    void what_init_must_do_is_known() {
        assertThat(stack(two, "stacks/app").init().any()).isFalse();
        assertThat(stack(two, "stacks/app").managedState()).isTrue();
        assertThat(stack(two, "stacks/network").init()).isEqualTo(new Stack.InitNeeds(false, true, false));
        MemoryTree tree = two.with("modules/inner/main.tf", "resource \"aws_vpc\" \"x\" {}\n")
                .with("stacks/network/backend.tf", s3("net"));
        assertThat(stack(tree, "stacks/network").init()).isEqualTo(new Stack.InitNeeds(true, true, true));
        assertThat(stack(tree, "stacks/network").managedState()).isFalse();
    }

    @Test
    void a_cycle_is_an_error_of_its_stacks_that_names_the_chain() {
        MemoryTree tree = two.with("stacks/network/stack.yaml", "name: net\ndepends_on: [app]\n")
                .with("stacks/free/main.tf", "");
        assertThat(told(tree))
                .containsExactly(
                        "stacks/app/stack.yaml:1:10: stacks need each other: stacks/app -> stacks/network -> stacks/app",
                        "stacks/network/stack.yaml:2:14: stacks need each other: stacks/app -> stacks/network -> stacks/app");
        assertThat(read(tree).usable(id("stacks/free"))).isTrue();
        assertThat(read(tree).usable(id("stacks/app"))).isFalse();
        assertThat(read(tree).graph().order()).hasSize(3);
    }

    @Test
    void two_stacks_on_one_state_are_an_error_of_both() {
        MemoryTree tree = two.with("stacks/network/backend.tf", s3("same")).with("stacks/app/backend.tf", s3("same"));
        assertThat(told(tree))
                .containsExactly(
                        "stacks/app/backend.tf:2:3: this state is also that of stacks/network",
                        "stacks/network/backend.tf:2:3: this state is also that of stacks/app");
        assertThat(told(two.with("stacks/network/backend.tf", s3("one")).with("stacks/app/backend.tf", s3("two"))))
                .isEmpty();
    }

    @Test
    void a_local_backend_is_refused_unless_its_folder_is_allowed() {
        String local = "terraform {\n  backend \"local\" {\n    path = \"/state/app/terraform.tfstate\"\n  }\n}\n";
        MemoryTree tree = two.with("stacks/app/backend.tf", local);
        assertThat(told(tree).get(0)).startsWith("stacks/app/backend.tf:2:3: a local backend's state would vanish");
        assertThat(new StackCatalogReader(List.of(Path.of("/state")))
                        .read("main", tree)
                        .problems())
                .isEmpty();
        assertThat(new StackCatalogReader(List.of(Path.of("/sta")))
                        .read("main", tree)
                        .problems())
                .hasSize(1);
        MemoryTree out = two.with("stacks/app/backend.tf", local.replace("/state/app", "/state/../etc"));
        assertThat(new StackCatalogReader(List.of(Path.of("/state")))
                        .read("main", out)
                        .problems())
                .hasSize(1);
        MemoryTree relative = two.with("stacks/app/backend.tf", "terraform {\n  backend \"local\" {}\n}\n");
        assertThat(new StackCatalogReader(List.of(Path.of("/state")))
                        .read("main", relative)
                        .problems())
                .hasSize(1);
    }

    @Test
    void names_that_the_code_or_the_repository_lacks_are_errors_with_the_nearest_one() {
        assertThat(told(two.with("stacks/app/stack.yaml", "inputs: {vpcid: network.vpc_id}\n")))
                .containsExactly(
                        "stacks/app/stack.yaml:1:10: the code declares no variable 'vpcid'; did you mean 'vpc_id'?");
        assertThat(told(two.with("stacks/app/stack.yaml", "variables:\n  vpc_ic: 1\n")))
                .containsExactly(
                        "stacks/app/stack.yaml:2:3: the code declares no variable 'vpc_ic'; did you mean 'vpc_id'?");
        assertThat(told(two.with("stacks/app/stack.yaml", "inputs: {vpc_id: network.vpc}\n"))
                        .get(0))
                .contains("the stack stacks/network has no output 'vpc'");
        assertThat(told(two.with("stacks/app/stack.yaml", "inputs: {vpc_id: netwrk.vpc_id}\n"))
                        .get(0))
                .contains("no stack is called 'netwrk'; did you mean 'network'?");
        assertThat(told(two.with("stacks/app/stack.yaml", "inputs: {vpc_id: network}\n"))
                        .get(0))
                .contains("expected stack.output");
        assertThat(told(two.with("stacks/app/stack.yaml", "depends_on: [other:network]\n"))
                        .get(0))
                .contains("is in another repository");
    }

    @Test
    void an_ambiguous_name_lists_its_candidates() {
        MemoryTree tree = two.with("stacks/eu/network/main.tf", "");
        assertThat(told(tree))
                .containsExactly("stacks/app/stack.yaml:1:10: 'network' may be any of stacks/eu/network,"
                        + " stacks/network; write one of them");
    }

    @Test
    void module_folders_that_are_missing_or_outside_are_errors_of_the_stack() {
        assertThat(told(two.with("stacks/app/m.tf", "module \"m\" {\n  source = \"../../modules/vcp\"\n}\n"))
                        .get(0))
                .startsWith("stacks/app/m.tf:")
                .endsWith("no Terraform files in the module folder modules/vcp; did you mean 'modules/vpc'?");
        assertThat(told(two.with("stacks/app/m.tf", "module \"m\" {\n  source = \"../../../x\"\n}\n"))
                        .get(0))
                .endsWith("the module path '../../../x' leaves the repository");
    }

    @Test
    void two_stacks_with_one_name_are_errors() {
        MemoryTree tree = two.with("stacks/app/stack.yaml", "name: x\n").with("stacks/network/stack.yaml", "name: x\n");
        assertThat(told(tree))
                .containsExactly(
                        "stacks/app/stack.yaml:1:1: the name 'x' is also that of stacks/network",
                        "stacks/network/stack.yaml:1:1: the name 'x' is also that of stacks/app");
    }

    @Test
    void broken_yaml_of_one_stack_leaves_the_others_alone() {
        StackCatalog catalog = read(two.with("stacks/network/stack.yaml", "depends_on: [\n"));
        assertThat(catalog.usable()).isTrue();
        assertThat(catalog.usable(id("stacks/network"))).isFalse();
        assertThat(catalog.usable(id("stacks/app"))).isTrue();
        assertThat(catalog.problemsOf(id("stacks/network"))).hasSize(1);
    }

    @Test
    void globs_that_name_nothing_and_a_link_in_place_of_the_configuration_are_told() {
        assertThat(read(two.with("plumbline.yaml", "stacks: ['stakcs/**']")).problems())
                .extracting(problem -> problem.at().toString())
                .anySatisfy(told -> assertThat(told)
                        .startsWith(
                                "plumbline.yaml:1:10: 'stacks' has 'stakcs/**', which fits no folder with Terraform files")
                        .endsWith("such as 'modules/unused'"));
        StackCatalog linked = read(two.without("plumbline.yaml").withLink("plumbline.yaml", "/etc/passwd"));
        assertThat(linked.problems())
                .extracting(problem -> problem.at().toString())
                .containsExactly("plumbline.yaml:1:1: a link that leads to no file of this commit; put the file itself"
                        + " here");
    }

    @Test
    void a_broken_plumbline_yaml_concerns_the_whole_repository() {
        StackCatalog catalog = read(two.with("plumbline.yaml", "stacks: ['stacks/**']\napprovels: 1\n"));
        assertThat(catalog.usable()).isFalse();
        assertThat(catalog.problems().get(0).stack()).isEmpty();
        assertThat(catalog.problems().get(0))
                .hasToString(
                        "plumbline.yaml:2:1: unknown key 'approvels'; did you mean"
                                + " 'approvals'? (known here: stacks, apply, merge, drafts, approvals, may, drift, downstream, direct_push, terraform)");
    }

    @Test
    void a_stack_yaml_that_configures_nothing_is_a_warning() {
        assertThat(told(two.with("docs/stack.yaml", "")
                        .with("other/main.tf", "")
                        .with("other/stack.yaml", "")))
                .containsExactly(
                        "docs/stack.yaml:1:1: no Terraform files beside it, so it is no stack (warning)",
                        "other/stack.yaml:1:1: no glob of plumbline.yaml's stacks names this folder, so it is no stack"
                                + " (warning)");
    }

    @Test
    void moved_from_must_not_name_a_stack_that_is_still_there() {
        assertThat(told(two.with("stacks/app/stack.yaml", "moved_from: stacks/network\n")))
                .containsExactly(
                        "stacks/app/stack.yaml:1:1: moved_from names stacks/network, which is still a stack here");
    }

    @Test
    void a_reader_parses_again_only_what_changed() {
        StackCatalogReader reader = new StackCatalogReader(List.of());
        reader.read("main", two);
        MemoryTree next = two.with("stacks/network/main.tf", NETWORK + "# more\n");
        reader.read("main", next);
        assertThat(next.reads()).isEqualTo(1);
        assertThat(reader.read("main", next)).isSameAs(reader.read("main", next));
    }

    private static String s3(String key) {
        return "terraform {\n  backend \"s3\" {\n    bucket = \"b\"\n    key = \"" + key + "\"\n  }\n}\n";
    }

    private static StackCatalog read(MemoryTree tree) {
        return StackCatalog.read("main", tree);
    }

    private static Stack stack(MemoryTree tree, String folder) {
        return read(tree).find(id(folder)).orElseThrow();
    }

    private static List<String> closure(MemoryTree tree, String folder) {
        return stack(tree, folder).closure().entries().stream()
                .map(TreeEntry::path)
                .collect(Collectors.toList());
    }

    private static List<String> folders(StackCatalog catalog) {
        return catalog.stacks().keySet().stream().map(StackId::folder).collect(Collectors.toList());
    }

    private static List<String> told(MemoryTree tree) {
        return read(tree).problems().stream().map(StackProblem::toString).collect(Collectors.toList());
    }

    private static StackId id(String folder) {
        return new StackId("main", folder);
    }
}
