package dev.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.CronSchedule;
import dev.plumbline.stack.StackId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JitterTest {
    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");
    private static final List<StackId> STACKS = IntStream.range(0, 200)
            .mapToObj(i -> new StackId("main", "stacks/s" + i))
            .toList();

    @Test
    void spreads_stacks_over_a_tenth_of_the_interval() {
        List<Duration> delays = delays("0 * * * *", NOON.plus(Duration.ofHours(1)));

        assertThat(delays).allMatch(delay -> !delay.isNegative() && delay.compareTo(Duration.ofMinutes(6)) < 0);
        assertThat(delays).anyMatch(delay -> delay.compareTo(Duration.ofMinutes(4)) > 0);
        assertThat(delays).anyMatch(delay -> delay.compareTo(Duration.ofMinutes(2)) < 0);
    }

    @Test
    void never_waits_longer_than_ten_minutes() {
        assertThat(delays("0 0 * * *", Instant.parse("2024-05-02T00:00:00Z")))
                .allMatch(delay -> delay.compareTo(Duration.ofMinutes(10)) < 0)
                .anyMatch(delay -> delay.compareTo(Duration.ofMinutes(8)) > 0);
    }

    @Test
    void gives_a_stack_the_same_delay_each_time() {
        assertThat(delays("0 * * * *", NOON.plus(Duration.ofHours(1))))
                .isEqualTo(delays("0 * * * *", NOON.plus(Duration.ofHours(1))));
    }

    private static List<Duration> delays(String cron, Instant slot) {
        return STACKS.stream()
                .map(stack -> Jitter.next(CronSchedule.parse(cron), stack, NOON).orElseThrow())
                .map(at -> Duration.between(slot, at))
                .toList();
    }
}
