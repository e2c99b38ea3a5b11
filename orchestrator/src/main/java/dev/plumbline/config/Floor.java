package dev.plumbline.config;

import java.util.List;
import java.util.stream.Stream;

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

    /** Whether others than who made a change must approve it: a number of people, or owners of its files whatever the number. */
    public static boolean othersApprove(List<Floor> floors, String repository, RepositoryConfig own) {
        return approvals(floors, repository, own.approvals()) > 0 || ownersApprove(floors, repository, own.may());
    }

    private static boolean ownersApprove(List<Floor> floors, String repository, Rights own) {
        return Stream.concat(Stream.of(own), under(floors, repository).stream().map(Floor::may))
                .flatMap(may -> may.approve().stream())
                .anyMatch(Grantee.CodeOwners.class::isInstance);
    }
}
