package dev.plumbline.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.local.Desk;
import dev.plumbline.config.ConfigReader;
import dev.plumbline.git.GitClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code init} in real checkouts; whatever it writes must pass {@code check}. */
class InitCommandTest {
    private static final String CODE = "output \"x\" { value = 1 }\n";

    @TempDir
    private Path folder;

    private GitClient git;
    private Desk desk;

    @BeforeEach
    void checkout() throws IOException {
        git = GitClient.init(folder.resolve("code"));
        desk = new Desk(Files.createDirectories(folder.resolve("home")));
    }

    @Test
    void stacks_modules_and_examples_are_told_apart_and_each_key_is_explained() {
        git.write("stacks/network/main.tf", "output \"vpc_id\" { value = \"v\" }\n");
        git.write(
                "stacks/app/main.tf", "variable \"vpc_id\" {}\nmodule \"m\" { source = \"../../modules/service\" }\n");
        git.write("modules/service/main.tf", CODE);
        git.write("modules/unused/main.tf", CODE);

        assertThat(type("init").out()).startsWith("wrote plumbline.yaml\n").contains("plumbline check");

        assertThat(written())
                .contains(
                        "\nstacks: [\"stacks/**\"]\n",
                        "#   stacks/app: state kept by Plumbline\n",
                        "call them as modules: modules/service\n",
                        "names say modules, examples or tests: modules/unused\n",
                        "#   stacks/app/stack.yaml   inputs: { vpc_id: stacks/network.vpc_id }\n");
        assertThat(written().lines().filter(line -> line.matches("[a-z_]+:.*")))
                .as("each live key")
                .hasSize(5);
        passes(2);
    }

    @Test
    void an_empty_repository_gets_a_file_too() {
        git.write("README.md", "Nothing yet.\n");

        type("init");

        assertThat(written()).contains("No folder with Terraform code was found", "# stacks: [\"stacks/**\"]");
        passes(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a/main.tf,b/main.tf                                           | ["a", "b"]
            main.tf                                                       | ["."]
            main.tf,modules/m/main.tf                                     | ["."]
            envs/dev/app/x.tf,envs/prod/app/x.tf,envs/prod/db/x.tf        | ["envs/**"]
            envs/dev/app/x.tf,envs/prod/app/x.tf,envs/dev/examples/e/x.tf,envs/prod/test/x.tf | ["envs/*/app"]
            live/x/main.tf,live/x/examples/e/main.tf,live/y/main.tf       | ["live/*"]
            examples/one/main.tf                                          | ["examples/**"]
            with space/a b/main.tf,with space/c/main.tf                   | ["with space/**"]
            odd[1]/s/main.tf,odd[1]/examples/main.tf                      | ["odd[[]1]/s"]
            """)
    void globs_name_the_stacks_and_nothing_else(String files, String globs) {
        for (String file : files.split(",")) {
            git.write(file, CODE);
        }

        type("init");

        assertThat(written()).contains("\nstacks: " + globs + "\n");
        assertThat(type("check").status()).isZero();
        String left = globs.contains("examples") ? "modules" : "example";
        assertThat(type("stacks").out()).doesNotContain(left, "test");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatever_the_folders_are_called_check_passes_and_finds_what_init_told(long seed) {
        Random random = new Random(seed);
        String[] names = {"a", "modules", "examples", "prod", "dev", "ünï", "x y", "test", "{b}", "*", "it's \"q\""};
        for (int i = 0; i < 25; i++) {
            StringBuilder path = new StringBuilder();
            for (int depth = random.nextInt(4); depth >= 0; depth--) {
                path.append(names[random.nextInt(names.length)]).append('/');
            }
            git.write(
                    path + "main.tf",
                    random.nextInt(3) == 0 ? "terraform {\n  backend \"s3\" { key = \"" + i + "\" }\n}\n" : CODE);
        }

        type("init");

        String told = written()
                .lines()
                .filter(line -> line.startsWith("# Found: "))
                .findFirst()
                .orElseThrow();
        passes(Integer.parseInt(told.replaceAll("\\D", "")));
    }

    @Test
    void nothing_is_overwritten_unless_that_is_said() {
        git.write("s/main.tf", CODE).write("plumbline.yaml", "approvals: 2\n");

        Desk.Ended refused = type("init");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("plumbline.yaml is there already; nothing was written.", "--stdout", "--force");
        assertThat(written()).isEqualTo("approvals: 2\n");
        assertThat(type("init", "--stdout").out()).contains("\nstacks: [\"s\"]\n");
        assertThat(written()).isEqualTo("approvals: 2\n");
        assertThat(type("init", "--force").status()).isZero();
        assertThat(written()).contains("\nstacks: [\"s\"]\n");
    }

    @Test
    void from_a_folder_below_it_writes_at_the_root_and_outside_of_git_it_says_so() throws IOException {
        git.write("s/main.tf", CODE);

        assertThat(desk.type(git.folder().resolve("s"), "init").status()).isZero();
        assertThat(git.folder().resolve("plumbline.yaml")).exists();
        assertThat(desk.type(folder, "init").err()).contains("is not in a Git checkout");
    }

    @Test
    void an_atlantis_yaml_becomes_globs_and_stack_yaml_files() {
        atlantis();

        Desk.Ended ended = type("init");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .contains("wrote plumbline.yaml\n", "wrote live/app/stack.yaml\n", "wrote live/two/stack.yaml\n");
        assertThat(written())
                .contains(
                        "\nstacks: [\"live/app\", \"live/network\", \"live/two\"]\n",
                        "apply_requirements: approved",
                        "workflow 'special' has steps of its own (plan: run)",
                        "no project of atlantis.yaml names them: live/forgotten",
                        "atlantis.yaml names live/gone, which holds no Terraform code");
        assertThat(read("live/app/stack.yaml"))
                .contains(
                        "\nname: \"shop\"\n",
                        "\ndepends_on: [\"live/network\"]\n",
                        "\nvar_files: [\"prod.tfvars\"]\n",
                        "\nwatch: [\"/config/*.json\"]\n",
                        "when_modified leaves out '*.md'");
        assertThat(read("live/two/stack.yaml"))
                .contains(
                        "2 projects, with the workspaces blue, green",
                        "\nworkspace: \"blue\"\n",
                        "\nterraform: \"tofu:1.10.10\"\n")
                .doesNotContain("Not taken over");
        assertThat(git.folder().resolve("live/network/stack.yaml"))
                .as("nothing to say")
                .doesNotExist();
        passes(3);
        assertThat(type("stacks").out()).containsPattern("live/app +shop +managed +live/network");
    }

    @Test
    void a_stack_yaml_that_is_there_stays() {
        atlantis();
        git.write("live/app/stack.yaml", "name: mine\n");

        assertThat(type("init").out()).contains("left live/app/stack.yaml as it is");

        assertThat(read("live/app/stack.yaml")).isEqualTo("name: mine\n");
    }

    @Test
    void what_plumbline_would_not_accept_is_told_and_not_taken_over() {
        git.write("a/main.tf", CODE).write("b/main.tf", CODE);
        git.write("atlantis.yaml", """
                version: 3
                projects:
                - {name: one, dir: a, depends_on: [two]}
                - {name: two, dir: b, depends_on: [one, nobody]}
                """);

        type("init");

        assertThat(read("a/stack.yaml") + read("b/stack.yaml"))
                .contains("# Not taken over (", "no project is called so");
        passes(2);
    }

    @Test
    void an_atlantis_yaml_that_is_no_yaml_is_named() {
        git.write("atlantis.yaml", "projects: [\n");

        Desk.Ended ended = type("init");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("atlantis.yaml is no YAML").doesNotContain("Exception");
    }

    private void atlantis() {
        git.write("live/app/main.tf", "module \"m\" { source = \"../../modules/m\" }\n")
                .write("live/app/prod.tfvars", "");
        git.write("live/network/main.tf", CODE).write("live/two/main.tf", CODE).write("live/forgotten/main.tf", CODE);
        git.write("modules/m/main.tf", CODE).write("config/a.json", "{}");
        git.write("atlantis.yaml", """
                version: 3
                automerge: true
                projects:
                - name: shop
                  dir: ./live/app/
                  depends_on: [network]
                  workflow: special
                  apply_requirements: [mergeable, approved]
                  autoplan:
                    when_modified: ["*.tf", "../../modules/m/**/*.tf", "../../config/*.json", "!*.md"]
                - {name: network, dir: live/network, autoplan: {when_modified: ["**/*.tf"]}}
                - {name: network2, dir: live/gone}
                - {dir: live/two, workspace: blue, terraform_version: v1.10.10, terraform_distribution: opentofu}
                - {dir: live/two, workspace: green}
                workflows:
                  special:
                    plan:
                      steps:
                      - init
                      - run: echo hello
                      - plan: {extra_args: ["-var-file", "prod.tfvars"]}
                """);
    }

    private void passes(int stacks) {
        Desk.Ended check = type("check");
        assertThat(check.status()).as(check.out() + check.err() + written()).isZero();
        assertThat(check.out() + check.err()).contains(stacks + (stacks == 1 ? " stack, 0" : " stacks, 0"));
        assertThat(ConfigReader.repository("plumbline.yaml", written().getBytes(StandardCharsets.UTF_8))
                        .problems())
                .isEmpty();
    }

    private String written() {
        return read("plumbline.yaml");
    }

    private String read(String path) {
        try {
            return Files.readString(git.folder().resolve(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Desk.Ended type(String... words) {
        return desk.type(git.folder(), words);
    }
}
