package dev.plumbline.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits of an ordinary checkout. */
class LocalRepositoryTest {
    @TempDir
    private Path folder;

    private GitClient git;

    @BeforeEach
    void checkout() {
        git = GitClient.init(folder.resolve("code"));
        git.write("a/one.txt", "1").commit("first");
        git.run("tag", "-a", "-m", "a tag", "v1");
        git.write("a/one.txt", "2").commit("second");
    }

    @Test
    void branches_tags_relative_revisions_and_shortened_ids_name_trees() {
        try (LocalRepository repository = LocalRepository.around(git.folder().resolve("a"))) {
            String first = git.run("rev-parse", "HEAD~1^{tree}");
            assertThat(repository.tree("v1").id()).isEqualTo(first);
            assertThat(repository.tree("HEAD~1").id()).isEqualTo(first);
            assertThat(repository.tree("main").id()).isEqualTo(git.run("rev-parse", "HEAD^{tree}"));
            assertThat(repository.tree(git.head().hex().substring(0, 10)).find("a/one.txt"))
                    .isPresent();
            assertThat(repository.commonTree("v1", "main").id()).isEqualTo(first);
        }
    }

    @Test
    void a_linked_worktree_is_a_repository_too() {
        git.run("worktree", "add", "-q", "-b", "topic", folder.resolve("linked").toString());

        try (LocalRepository repository = LocalRepository.around(folder.resolve("linked"))) {
            assertThat(repository.tree("topic").id()).isEqualTo(git.run("rev-parse", "HEAD^{tree}"));
            assertThat(repository.tree("HEAD~1").id()).isEqualTo(git.run("rev-parse", "v1^{tree}"));
        }
    }

    @Test
    void what_names_no_commit_is_told_apart_from_what_names_several() {
        try (LocalRepository repository = LocalRepository.around(git.folder())) {
            for (String nothing : new String[] {"nope", "", "0123456789", "a..b", "HEAD:a/one.txt", "^x"}) {
                assertThatExceptionOfType(GitException.class)
                        .as(nothing)
                        .isThrownBy(() -> repository.tree(nothing))
                        .withMessageContaining("'" + nothing + "'");
            }
        }
        assertThatExceptionOfType(GitException.class)
                .isThrownBy(() -> LocalRepository.around(folder))
                .withMessageContaining("git init");
    }
}
