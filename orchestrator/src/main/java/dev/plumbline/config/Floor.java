package dev.plumbline.config;

import java.util.List;

/**
 * What a repository's own rules may tighten and never loosen, one entry of {@code floors}.
 *
 * @param repository a glob over repositories' names
 * @param approvals how many people must approve at least
 * @param may whom it lets do what; an empty list asks for nothing
 */
public record Floor(Glob repository, int approvals, Rights may) {
    static final Floor DEFAULT = new Floor(Glob.parse("**"), 0, Rights.NONE);

    /** All entries over one repository count together. */
    public static List<Floor> under(List<Floor> floors, String repository) {
        return floors.stream()
                .filter(floor -> floor.repository().matches(repository))
                .toList();
    }

    /** How many people must approve, of all that is asked for the largest number. */
    public static int approvals(List<Floor> floors, String repository, int own) {
        return under(floors, repository).stream().mapToInt(Floor::approvals).reduce(own, Math::max);
    }
}
