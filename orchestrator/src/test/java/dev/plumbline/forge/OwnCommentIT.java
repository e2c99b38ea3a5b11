package dev.plumbline.forge;

import static dev.plumbline.forge.Spoken.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.GitClient;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our one comment, on a GitLab, where only its author edits it. */
class OwnCommentIT {
    private static final String MARKER = Marker.of("change 1");

    private GitLabGround ground;
    private PullForge forge;
    private Remote remote;
    private long pull;

    @BeforeEach
    void begin(@TempDir Path folder) {
        ground = new GitLabGround(folder.resolve("gitlab"));
        forge = Spoken.forge(ground.entry());
        remote = Spoken.remote(ground.entry(), ForgeGround.REPOSITORY);
        GitClient checkout = GitClient.init(folder.resolve("checkout"));
        checkout.write("main.tf", "# first\n").commit("First");
        checkout.run("push", "-q", ground.remote("ada", ForgeGround.REPOSITORY), "main");
        checkout.run("checkout", "-q", "-b", "wider");
        checkout.write("main.tf", "# second\n").commit("Second");
        checkout.run("push", "-q", ground.remote("ada", ForgeGround.REPOSITORY), "wider");
        pull = ground.opens("ada", "wider", "Second", false);
    }

    @AfterEach
    void end() {
        assertThat(ground.faults()).isEmpty();
        ground.close();
    }

    private static String text(String words) {
        return MARKER + "\n" + words;
    }

    private PullForge.Written says(PullForge speaking, @Nullable Long known, String words) {
        return given(new OwnComment(speaking, remote, pull, known, MARKER).says(text(words)));
    }

    @Test
    void it_is_edited_in_place_also_where_its_id_was_not_written_down() {
        long id = says(forge, null, "one").id();

        assertThat(says(forge, null, "two").id()).isEqualTo(id);
        assertThat(says(forge, id, "three").id()).isEqualTo(id);

        assertThat(ground.texts(pull)).containsExactly(text("three"));
    }

    @Test
    void where_somebody_deleted_it_one_other_is_written_even_if_that_is_not_written_down() {
        long id = says(forge, null, "one").id();
        ground.deletes(id);

        long other = says(forge, id, "two").id();

        assertThat(says(forge, id, "three").id()).isEqualTo(other);
        assertThat(ground.texts(pull)).containsExactly(text("three"));
    }

    @Test
    void where_another_user_wrote_it_one_other_is_written_even_if_that_is_not_written_down() {
        long id = says(forge, null, "one").id();
        PullForge developer = Spoken.forge(ground.developersEntry());

        long other = says(developer, id, "two").id();

        assertThat(other).isNotEqualTo(id);
        assertThat(says(developer, id, "three").id()).isEqualTo(other);
        assertThat(ground.texts(pull)).containsExactly(text("one"), text("three"));
    }
}
