package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private static final Masker MASKER = Secrets.of(List.of("hunter22", "a-much-longer-secret-than-its-mask"))
            .masker();

    @TempDir
    Path folder;

    @Test
    void a_run_that_said_nothing_yet_has_an_empty_log() {
        assertThat(log().read(0)).isEqualTo(new LogPiece("", 0, true));
    }

    @Test
    void a_reader_goes_on_where_the_piece_before_ended() {
        log().append("one\n");
        LogPiece first = log().read(0);
        log().append("two\n");

        assertThat(first.text()).isEqualTo("one\n");
        assertThat(log().read(first.next()).text()).isEqualTo("two\n");
    }

    @Test
    void a_long_log_comes_in_pieces_that_never_cut_a_character() throws IOException {
        String text = "x" + "ü€😀".repeat(400_000);
        Files.writeString(folder.resolve("log"), text, StandardCharsets.UTF_8);
        StringBuilder read = new StringBuilder();
        long position = 0;
        LogPiece piece;
        do {
            piece = log().read(position);
            assertThat(piece.text()).doesNotContain("\uFFFD").hasSizeLessThanOrEqualTo(LogFile.PIECE);
            read.append(piece.text());
            position = piece.next();
        } while (!piece.last());

        assertThat(read).hasToString(text);
    }

    @Test
    void a_reader_loses_and_repeats_nothing_when_the_log_is_masked_again() {
        log().append("the password is hunter22, naïve\n");
        log().append("then a-much-longer-secret-than-its-mask\n");
        long afterFirst = "the password is hunter22, naïve\n".getBytes(StandardCharsets.UTF_8).length;
        LogPiece all = log().read(0);
        log().maskAgain(MASKER);
        log().append("and the plan\n");

        assertThat(log().read(all.next()).text()).isEqualTo("and the plan\n");
        assertThat(log().read(afterFirst).text()).isEqualTo("then (sensitive value)\nand the plan\n");
        assertThat(log().read(0).text())
                .isEqualTo("the password is (sensitive value), naïve\nthen (sensitive value)\nand the plan\n");
    }

    @Test
    void a_reader_of_the_masked_log_goes_on_from_there() {
        log().append("hunter22\n");
        log().maskAgain(MASKER);
        LogPiece masked = log().read(0);
        log().append("more\n");

        assertThat(masked.text()).isEqualTo("(sensitive value)\n");
        assertThat(log().read(masked.next()).text()).isEqualTo("more\n");
    }

    @Test
    void a_place_behind_the_end_gives_nothing() {
        log().append("one\n");

        assertThat(log().read(99).text()).isEmpty();
    }

    private LogFile log() {
        return new LogFile(folder.resolve("log"));
    }
}
