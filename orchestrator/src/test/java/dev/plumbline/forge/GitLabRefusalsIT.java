package dev.plumbline.forge;

import static dev.plumbline.forge.Spoken.given;
import static dev.plumbline.forge.Spoken.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.PullForge.MergeMethod;
import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.git.CommitSha;
import dev.plumbline.localforge.LocalPerson;
import dev.plumbline.localgitlab.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom a GitLab lets do what, and how often, and what becomes of that here. */
class GitLabRefusalsIT extends GitLabBench {
    @Test
    void a_token_that_may_only_read_is_told_so() {
        Trouble trouble = trouble(as(Level.MAINTAINER, "read_api").comment(remote, pull, "planned"));

        assertThat(trouble.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(trouble.sentence()).contains("the token of the forge work", "higher privileges");
    }

    @Test
    void a_token_that_ended_or_was_revoked_is_to_be_corrected() {
        LocalPerson shortLived = gitlab.projectToken(
                ForgeGround.REPOSITORY,
                Level.DEVELOPER,
                Set.of("api"),
                time.instant().plusSeconds(3_600));
        PullForge client = with(shortLived);
        assertThat(given(client.open(remote))).hasSize(1);

        time.moveBy(Duration.ofHours(2));
        assertThat(trouble(client.open(remote)).sentence())
                .contains("correct token of the forge work in server.yaml", "Token is expired");
        gitlab.revokeTokens();
        assertThat(trouble(forge.open(remote)).kind()).isEqualTo(Kind.CREDENTIALS);
    }

    @Test
    void what_is_protected_is_changed_by_maintainers_only() {
        PullForge developer = as(Level.DEVELOPER, "api");
        given(developer.open(remote));
        given(developer.status(remote, status(head, CommitStatus.State.SUCCESS)));

        Trouble merging = trouble(developer.merge(remote, pull, head, MergeMethod.MERGE));
        assertThat(merging.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(merging.sentence()).contains("give it the role Maintainer, or let Developers merge there");
        given(forge.merge(remote, pull, head, MergeMethod.MERGE));
        CommitSha main =
                given(developer.find(remote, pull)).orElseThrow().mergedAs().orElseThrow();
        assertThat(trouble(developer.status(remote, status(main, CommitStatus.State.SUCCESS)))
                        .kind())
                .isEqualTo(Kind.CREDENTIALS);
    }

    @Test
    void a_private_project_is_not_there_for_those_who_are_nothing_in_it() {
        gitlab.privateProject("team/secret");
        Remote secret = Spoken.remote(entry("t"), "team/secret");

        assertThat(trouble(with(bob).open(secret)).kind()).isEqualTo(Kind.GONE);
        gitlab.level("team/secret", "bob", Level.REPORTER);
        assertThat(given(with(bob).open(secret))).isEmpty();
        gitlab.level("team/secret", "ada", Level.REPORTER);
        assertThat(given(with(bob).permission(secret, "ada"))).isEqualTo(Permission.READ);
        gitlab.level("team/secret", "ada", Level.NONE);
        assertThat(given(with(bob).permission(secret, "ada"))).isEqualTo(Permission.NONE);
    }

    @Test
    void developers_write_and_maintainers_administrate_by_the_project_or_a_group_above_it() {
        gitlab.person("eve");
        assertThat(given(forge.permission(remote, "eve")))
                .as("everybody may read it")
                .isEqualTo(Permission.READ);
        Map<Level, Permission> levels = Map.of(
                Level.GUEST, Permission.READ,
                Level.REPORTER, Permission.READ,
                Level.DEVELOPER, Permission.WRITE,
                Level.MAINTAINER, Permission.ADMIN,
                Level.OWNER, Permission.ADMIN);
        levels.forEach((level, permission) -> {
            gitlab.level(ForgeGround.REPOSITORY, "eve", level);
            assertThat(given(forge.permission(remote, "eve"))).isEqualTo(permission);
        });

        gitlab.level(ForgeGround.REPOSITORY, "eve", Level.NONE);
        gitlab.joins("team", "eve", Level.DEVELOPER);
        assertThat(given(forge.permission(remote, "eve"))).isEqualTo(Permission.WRITE);
        gitlab.joins("team/ops", "bob", Level.GUEST);
        assertThat(given(forge.inTeam(remote, "team/ops", "eve")))
                .as("by the group above it")
                .isTrue();
    }

    @Test
    void who_is_blocked_may_do_nothing_whatever_they_were() {
        assertThat(given(forge.permission(remote, "bob"))).isEqualTo(Permission.WRITE);
        gitlab.joins("team/ops", "bob", Level.OWNER);

        gitlab.blocks("bob");
        assertThat(given(forge.permission(remote, "bob"))).isEqualTo(Permission.NONE);
        assertThat(given(forge.inTeam(remote, "team/ops", "bob"))).isFalse();
    }

    @Test
    void whoever_asks_too_often_asks_nothing_more_before_the_time_that_is_named() {
        gitlab.limit(2);
        given(forge.find(remote, pull));
        given(forge.find(remote, pull));

        Trouble trouble = trouble(forge.open(remote));
        assertThat(trouble.kind()).isEqualTo(Kind.LIMITED);
        int calls = gitlab.calls();
        assertThat(trouble(forge.open(remote)).kind()).isEqualTo(Kind.LIMITED);
        assertThat(gitlab.calls()).isEqualTo(calls);

        time.moveBy(Duration.ofSeconds(65));
        assertThat(given(forge.open(remote))).hasSize(1);
    }
}
