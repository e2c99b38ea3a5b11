package dev.plumbline.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskerTest {
    private static Masker masker(String... secrets) {
        return Secrets.of(List.of(secrets)).masker();
    }

    @Test
    void every_occurrence_is_replaced_and_the_rest_stays() {
        assertThat(masker("hunter2").mask("a hunter2, b hunter2hunter2."))
                .isEqualTo("a (sensitive value), b (sensitive value)(sensitive value).");
        assertThat(masker("hunter2").mask("nothing here")).isEqualTo("nothing here");
    }

    @Test
    void strings_of_fewer_than_four_characters_are_not_secrets() {
        assertThat(masker("abc", "").mask("abc")).isEqualTo("abc");
    }

    @Test
    void of_two_that_start_alike_the_longer_one_goes() {
        assertThat(masker("pass", "password").mask("password pass")).isEqualTo("(sensitive value) (sensitive value)");
    }

    @Test
    void what_overlapping_secrets_cover_goes_whole() {
        assertThat(masker("abcdef", "defghi").mask("xabcdefghiy")).isEqualTo("x(sensitive value)y");
    }

    @Test
    void quoted_forms_are_found_too() {
        Masker masker = masker("a\"b\\c\n<d>${e}");
        assertThat(masker.mask("x a\\\"b\\\\c\\n<d>${e} x")).isEqualTo("x (sensitive value) x");
        assertThat(masker.mask("x a\\\"b\\\\c\\n\\u003cd\\u003e${e} x")).isEqualTo("x (sensitive value) x");
        assertThat(masker.mask("x a\\\"b\\\\c\\n<d>$${e} x")).isEqualTo("x (sensitive value) x");
    }

    @Test
    void a_secret_of_several_lines_does_not_leak_line_by_line() {
        Masker masker = masker("-----BEGIN-----\n  first line\r\n\tsecond\n}\n");
        assertThat(masker.mask("+ first line")).isEqualTo("+ (sensitive value)");
        assertThat(masker.mask("second")).isEqualTo("(sensitive value)");
        assertThat(masker.mask("}")).isEqualTo("}");
    }

    @Test
    void masking_twice_changes_nothing_more_even_where_the_mask_holds_a_secret() {
        Masker masker = masker("sensitive", "value");
        String once = masker.mask("the sensitive part");
        assertThat(once).isEqualTo("the (sensitive value) part");
        assertThat(masker.mask(once)).isEqualTo(once);
    }

    @Test
    void thousands_of_secrets_in_a_large_text_are_all_found() {
        List<String> secrets = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            secrets.add("secret-" + i + "-end");
            text.append("line ")
                    .append(i)
                    .append(": secret-")
                    .append(i)
                    .append("-end\n")
                    .append("x".repeat(200));
        }
        String masked = Secrets.of(secrets).masker().mask(text.toString());
        assertThat(masked).doesNotContain("secret-").contains("line 4999: (sensitive value)");
    }

    @Test
    void secrets_join_and_never_print_themselves() {
        Secrets both = Secrets.of(List.of("first-one")).plus(Secrets.of(List.of("second-one")));
        assertThat(both.strings()).containsExactly("first-one", "second-one");
        assertThat(both.toString()).isEqualTo("2 secrets");
    }
}
