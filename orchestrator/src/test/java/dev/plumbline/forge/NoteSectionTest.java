package dev.plumbline.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.store.Subject;
import org.junit.jupiter.api.Test;

/** What becomes of a note's text when our part of it is written or written anew. */
class NoteSectionTest {
    private static final Subject CHANGE = new Subject("change", 1);
    private static final Subject MERGE = new Subject("merge", 2);

    @Test
    void the_first_text_is_framed_and_its_trailers_end_the_note() {
        assertThat(NoteSection.put("", CHANGE, "hello\n\nPlumbline-State: planned"))
                .isEqualTo("<!-- plumbline change/1 -->\nhello\n\nPlumbline-State: planned\nPlumbline-End: change/1\n");
    }

    @Test
    void a_later_text_takes_the_place_of_the_former_one_and_others_words_stay_around_it() {
        String note = "Reviewed by Grace\n\n" + NoteSection.put("", CHANGE, "old\n\nlines") + "\nAnd again\n";

        assertThat(NoteSection.put(note, CHANGE, "new"))
                .isEqualTo(
                        "Reviewed by Grace\n\n<!-- plumbline change/1 -->\nnew\nPlumbline-End: change/1\n\nAnd again\n");
    }

    @Test
    void writing_the_same_twice_changes_nothing() {
        String once = NoteSection.put("Words of others\n", CHANGE, "text");

        assertThat(NoteSection.put(once, CHANGE, "text")).isEqualTo(once);
    }

    @Test
    void a_change_and_its_merge_on_one_commit_have_a_part_each() {
        String both = NoteSection.put(NoteSection.put("", CHANGE, "plan"), MERGE, "applied");

        assertThat(NoteSection.put(both, CHANGE, "plan again"))
                .contains("plan again\nPlumbline-End: change/1")
                .contains("applied\nPlumbline-End: merge/2");
    }

    @Test
    void a_part_whose_end_is_lost_is_left_alone() {
        assertThat(NoteSection.put("<!-- plumbline change/1 -->\nhalf", CHANGE, "whole"))
                .startsWith("<!-- plumbline change/1 -->\nhalf\n\n<!-- plumbline change/1 -->\nwhole\n");
    }
}
