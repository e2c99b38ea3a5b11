package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Types {@code plumbline forge check} beside a server, with its configuration or with another one. */
record CheckDesk(ServerFixture plumbline) {

    /** What it prints, having ended with that status and without a word on standard error. */
    String checked(int exit, String... words) {
        return checked(config(), exit, words);
    }

    /** The same, with a configuration in which something else stands for a text. */
    String checkedWith(String text, String another, int exit) {
        try {
            Path other = plumbline.folder().resolve("other.yaml");
            Files.writeString(other, Files.readString(Path.of(config())).replace(text, another));
            return checked(other.toString(), exit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String checked(String config, int exit, String... words) {
        List<String> all = new ArrayList<>(List.of("forge", "check", "--config", config));
        all.addAll(List.of(words));
        ServerFixture.Ended ended = plumbline.cli(all.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.all()).isEqualTo(exit);
        assertThat(ended.err()).isEmpty();
        return ended.out();
    }

    String config() {
        return plumbline.folder().resolve("server.yaml").toString();
    }

    String target() {
        return plumbline.server().url() + "/webhooks/work";
    }
}
