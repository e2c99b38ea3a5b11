package dev.plumbline.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.HandClock;
import dev.plumbline.config.ForgeConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LookPaceTest {
    private final HandClock clock = new HandClock(Instant.parse("2026-11-26T08:00:00Z"));
    private final LookPace pace = new LookPace(clock, new Random(7));

    @Test
    void what_never_moved_is_looked_at_as_often_as_the_configuration_says() {
        assertThat(pace.pause(remote(), false)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(60));
    }

    @Test
    void what_moved_is_looked_at_soon_again_and_ever_less_often_while_nothing_moves() {
        assertThat(pace.pause(remote(), true)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
        clock.pass(Duration.ofSeconds(120));
        assertThat(pace.pause(remote(), false)).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(30));
        clock.pass(Duration.ofHours(1));
        assertThat(pace.pause(remote(), false)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(60));
    }

    @Test
    void after_failures_it_is_looked_at_ever_less_often_up_to_five_minutes() {
        assertThat(pace.pauseAfterFailures(remote(), 0)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(60));
        assertThat(pace.pauseAfterFailures(remote(), 2)).isBetween(Duration.ofSeconds(192), Duration.ofSeconds(240));
        assertThat(pace.pauseAfterFailures(remote(), 90)).isBetween(Duration.ofSeconds(240), Duration.ofSeconds(300));
    }

    private static Remote remote() {
        ForgeConfig forge = new ForgeConfig(
                "work",
                ForgeConfig.Kind.GIT,
                "https://git.example.com",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ForgeConfig.App(Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(60),
                true,
                ForgeConfig.USUAL_COMMAND);
        return new Remote("infra", forge, "team/infra", "https://git.example.com/team/infra.git", Optional.empty());
    }
}
