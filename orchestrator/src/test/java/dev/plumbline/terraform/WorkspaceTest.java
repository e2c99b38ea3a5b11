package dev.plumbline.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    private static final List<String> NAMES = List.of(
            "stacks/network",
            "stacks-network",
            "Stacks/Network",
            "it's",
            "a \"b\"",
            "x y",
            "🚀",
            "..",
            ".",
            "",
            "../../etc",
            "a\nb",
            "$(id)",
            "-rf",
            "n".repeat(500));

    @TempDir
    Path home;

    @Test
    void any_two_names_get_two_safe_folders() {
        WorkspaceFolders folders = new WorkspaceFolders(home);
        Set<Path> all = NAMES.stream()
                .flatMap(repository -> NAMES.stream()
                        .map(stack -> folders.of(repository, stack, "s").folder()))
                .collect(Collectors.toSet());

        assertThat(all).hasSize(NAMES.size() * NAMES.size()).allSatisfy(folder -> {
            assertThat(folder.getParent()).isEqualTo(home.resolve("workspaces"));
            assertThat(folder.getFileName().toString()).matches("[a-z0-9][a-z0-9-]{1,60}");
        });
        assertThat(folders.of("infra", "stacks/network", "s")
                        .folder()
                        .getFileName()
                        .toString())
                .startsWith("stacks-network-");
    }

    @Test
    void a_stack_folder_stays_in_its_repository() {
        WorkspaceFolders folders = new WorkspaceFolders(home);
        assertThatThrownBy(() -> folders.of("r", "s", "../data")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> folders.of("r", "s", "/etc")).isInstanceOf(IllegalArgumentException.class);
        Workspace root = folders.of("r", "s", "");
        assertThat(root.stackFolder()).isEqualTo(root.root());
    }

    @Test
    void clearing_removes_links_and_not_what_they_lead_to() throws IOException {
        Path outside = Files.createDirectories(home.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "x");
        Workspace workspace = new WorkspaceFolders(home).of("r", "s", "stacks/s");
        workspace.clear();
        Files.createSymbolicLink(workspace.stackFolder().resolve("link"), outside);
        Path locked = Files.createDirectories(workspace.stackFolder().resolve("locked/inner"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));
        Files.createDirectories(workspace.dataFolder());
        workspace.clear();

        assertThat(workspace.stackFolder()).isEmptyDirectory();
        assertThat(workspace.dataFolder()).exists();
        assertThat(outside.resolve("kept")).exists();
        assertThat(Files.getPosixFilePermissions(workspace.folder()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void a_sweep_spares_what_is_kept() {
        WorkspaceFolders folders = new WorkspaceFolders(home);
        assertThat(folders.sweep(any -> false)).isZero();
        Workspace applying = folders.of("r", "applying", "a");
        Workspace idle = folders.of("r", "idle", "b");
        applying.clear();
        idle.clear();

        assertThat(folders.sweep(applying.folder()::equals)).isEqualTo(1);
        assertThat(applying.stackFolder()).exists();
        assertThat(idle.folder()).doesNotExist();
    }

    @Test
    void a_sweep_ends_what_a_killed_server_left_running() throws Exception {
        WorkspaceFolders folders = new WorkspaceFolders(home);
        Workspace applying = folders.of("r", "applying", "a");
        Workspace idle = folders.of("r", "idle", "b");
        applying.clear();
        idle.clear();
        Process kept = sleeper(applying);
        Process orphan = sleeper(idle);
        try {
            folders.sweep(applying.folder()::equals);
            assertThat(orphan.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(kept.isAlive()).isTrue();
        } finally {
            kept.destroyForcibly();
            orphan.destroyForcibly();
        }
    }

    private static Process sleeper(Workspace workspace) throws IOException {
        return new ProcessBuilder("sleep", "300")
                .directory(workspace.stackFolder().toFile())
                .start();
    }

    @Test
    void committed_programs_and_links_that_leave_are_refused_by_name() throws IOException {
        UntrustedCode code = new UntrustedCode();
        Path tree = Files.createDirectories(home.resolve("tree/stacks/a"));
        Path root = home.resolve("tree");
        Files.writeString(tree.resolve("main.tf"), "");
        Files.createSymbolicLink(tree.resolve("inside.tf"), Path.of("main.tf"));
        Files.createSymbolicLink(tree.resolve("up"), Path.of("../../stacks"));
        assertThat(code.inspect(root)).isEmpty();

        Path dangling = Files.createSymbolicLink(tree.resolve("dangling"), Path.of("../../../none"));
        assertThat(code.inspect(root))
                .hasValueSatisfying(refusal -> assertThat(refusal.path()).isEqualTo("stacks/a/dangling"));
        Files.delete(dangling);
        Path leaving = Files.createSymbolicLink(tree.resolve("leaving"), Path.of("/etc"));
        assertThat(code.inspect(root))
                .hasToString("Optional[stacks/a/leaving: the link leads out of the repository, to /etc]");
        Files.delete(leaving);
        Path plugins = Files.createDirectories(tree.resolve("terraform.d/plugins"));
        assertThat(code.inspect(root))
                .hasValueSatisfying(refusal -> assertThat(refusal.path()).isEqualTo("stacks/a/terraform.d/plugins"));
        Files.delete(plugins);
        Files.createDirectories(tree.resolve(".terraform"));
        assertThat(code.inspect(root))
                .hasValueSatisfying(refusal -> assertThat(refusal.path()).isEqualTo("stacks/a/.terraform"));
    }
}
