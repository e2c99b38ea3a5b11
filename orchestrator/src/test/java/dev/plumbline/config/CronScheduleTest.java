package dev.plumbline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
    private static final ZonedDateTime SATURDAY = ZonedDateTime.parse("2026-11-21T02:19:47Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 */6 * * *      | 2026-11-21T06:00:00Z",
                "*/10 * * * * *   | 2026-11-21T02:19:50Z",
                "19 2 * * *       | 2026-11-22T02:19:00Z",
                "0 5 * * MON-FRI  | 2026-11-23T05:00:00Z",
                "0 0 * * 7        | 2026-11-22T00:00:00Z",
                "0 0 1,15 jan *   | 2027-01-01T00:00:00Z",
                "0 0 29 2 *       | 2028-02-29T00:00:00Z",
                "0 0 13 * 5       | 2026-11-27T00:00:00Z",
                "30/15 * * * *    | 2026-11-21T02:30:00Z",
            })
    void the_next_moment_is_the_first_that_fits_all_fields(String cron, String expected) {
        assertThat(CronSchedule.parse(cron).next(SATURDAY)).contains(ZonedDateTime.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "5-1 * * * *",
                "*/0 * * * *",
                "a * * * *",
                "1, * * * *",
                "0 0 30 2 *"
            })
    void what_is_no_schedule_is_refused(String cron) {
        assertThatThrownBy(() -> CronSchedule.parse(cron)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_wrong_field_is_named() {
        assertThatThrownBy(() -> CronSchedule.parse("0 24 * * *")).hasMessage("'24' is no hour; expected 0 to 23");
    }
}
