package dev.plumbline.review.right;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.config.RepositoryConfig;
import dev.plumbline.forge.owners.CodeOwners;
import dev.plumbline.forge.owners.Dialect;
import dev.plumbline.git.SourceTree;
import dev.plumbline.git.TreeEntry;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackProblem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the branch says that a pull request goes to; never what the pull request says itself.
 *
 * @param branch its name
 * @param config its plumbline.yaml
 * @param fault why its rules aren't known, so that nobody may do anything
 * @param owners its CODEOWNERS
 */
record BaseRules(String branch, RepositoryConfig config, Optional<String> fault, CodeOwners owners, Dialect dialect) {

    /**
     * Reads them.
     *
     * @param catalog of the same tree
     */
    static BaseRules of(String branch, StackCatalog catalog, SourceTree tree, Dialect dialect) {
        Optional<String> fault = catalog.problems().stream()
                .filter(problem -> problem.error()
                        && problem.stack().isEmpty()
                        && problem.at().file().equals("plumbline.yaml"))
                .findFirst()
                .map(StackProblem::toString)
                .map(problem -> "the rules on " + branch + " can't be read (" + problem + "); mend them there first");
        return new BaseRules(branch, catalog.config(), fault, owners(tree, dialect), dialect);
    }

    /** Where there are none to read. */
    static BaseRules unknown(String branch, String fault, Dialect dialect) {
        return new BaseRules(branch, RepositoryConfig.DEFAULT, Optional.of(fault), CodeOwners.none(), dialect);
    }

    private static CodeOwners owners(SourceTree tree, Dialect dialect) {
        return dialect.places().stream()
                .flatMap(place -> tree.find(place).stream())
                .filter(entry -> entry.mode() != TreeEntry.Mode.SUBMODULE)
                .findFirst()
                .map(entry -> CodeOwners.read(dialect, new String(tree.read(entry), StandardCharsets.UTF_8)))
                .orElseGet(CodeOwners::none);
    }

    /** How a forge of that kind writes CODEOWNERS. */
    static Dialect dialect(ForgeConfig.Kind kind) {
        return switch (kind) {
            case GITEA -> Dialect.GITEA;
            case GITHUB -> Dialect.GITHUB;
            case GITLAB -> Dialect.GITLAB;
            case GIT -> throw new IllegalArgumentException("plain Git knows no people to judge");
        };
    }
}
