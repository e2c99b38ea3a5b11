package dev.plumbline.app.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void the_median_is_the_middle_one_in_order_of_size() {
        Samples samples = new Samples(900, 7, 30);

        assertThat(samples.min()).isEqualTo(7);
        assertThat(samples.median()).isEqualTo(30);
        assertThat(samples.max()).isEqualTo(900);
    }

    @Test
    void of_an_even_number_it_is_halfway_between_the_two_in_the_middle() {
        assertThat(new Samples(4, 1, 2, 3).median()).isEqualTo(2.5);
    }

    @Test
    void figures_below_ten_keep_one_decimal_and_large_ones_are_grouped() {
        assertThat(new Samples(1.25, 99.6, 12345)).hasToString("1.3 / 100 / 12,345");
    }

    @Test
    void what_was_never_measured_has_no_figures() {
        assertThatThrownBy(() -> new Samples()).isInstanceOf(IllegalArgumentException.class);
    }
}
