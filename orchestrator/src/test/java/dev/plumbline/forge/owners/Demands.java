package dev.plumbline.forge.owners;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;

/** What a CODEOWNERS asks for, as lines that read well in a test. */
final class Demands {
    private final CodeOwners file;

    private Demands(CodeOwners file) {
        this.file = file;
    }

    static Demands of(Dialect dialect, String... lines) {
        return new Demands(CodeOwners.read(dialect, String.join("\n", lines)));
    }

    /** The owners of one path, a group for each line that counts: {@code @a @b | @c}. */
    String over(String path) {
        return required(path).stream()
                .map(requirement -> requirement.owners().stream()
                        .map(Owner::toString)
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" | "));
    }

    List<Requirement> required(String... paths) {
        Demand demand = file.required(List.of(paths));
        assertThat(demand).isInstanceOf(Demand.Known.class);
        return ((Demand.Known) demand).requirements();
    }

    String unknown(String... paths) {
        Demand demand = file.required(List.of(paths));
        assertThat(demand).isInstanceOf(Demand.Unknown.class);
        return ((Demand.Unknown) demand).why();
    }

    List<String> flaws() {
        return file.flaws().stream().map(Flaw::toString).toList();
    }
}
