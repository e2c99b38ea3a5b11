package dev.plumbline.forge.owners;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who owns which paths of a repository. */
public final class CodeOwners {
    private final List<Section> sections;
    private final List<Flaw> flaws;

    CodeOwners(List<Section> sections, List<Flaw> flaws) {
        this.sections = List.copyOf(sections);
        this.flaws = List.copyOf(flaws);
    }

    /** Where there is no file: nobody owns anything. */
    public static CodeOwners none() {
        return new CodeOwners(List.of(), List.of());
    }

    /** Reads a file as a forge of that kind does. Never throws for what stands in it. */
    public static CodeOwners read(Dialect dialect, String text) {
        return switch (dialect) {
            case GITHUB -> new GithubOwners().read(text);
            case GITLAB -> new GitlabOwners().read(text);
            case GITEA -> new GiteaOwners().read(text);
        };
    }

    /** What is wrong with the file, in the order of its lines. */
    public List<Flaw> flaws() {
        return flaws;
    }

    /**
     * Whose approval a change of these files needs.
     *
     * @param paths from the repository's root, without a slash in front
     */
    public Demand required(Collection<String> paths) {
        for (Flaw flaw : flaws) {
            if (flaw.hides()) {
                return new Demand.Unknown("CODEOWNERS can't be read, " + flaw);
            }
        }
        Effort effort = new Effort();
        List<Requirement> found = new ArrayList<>();
        try {
            List<RepositoryPath> all =
                    new TreeSet<>(paths).stream().map(RepositoryPath::of).toList();
            for (Section section : sections) {
                found.addAll(required(section, all, effort));
            }
        } catch (Effort.Spent spent) {
            return new Demand.Unknown("CODEOWNERS has too many or too costly patterns to be compared with the "
                    + paths.size() + " changed files; use fewer and simpler ones");
        }
        found.sort(Comparator.comparingInt(Requirement::line));
        return new Demand.Known(found);
    }

    private static List<Requirement> required(Section section, List<RepositoryPath> paths, Effort effort) {
        TreeMap<Integer, Rule> rules = new TreeMap<>();
        TreeMap<Integer, List<String>> ruled = new TreeMap<>();
        for (RepositoryPath path : paths) {
            for (Rule rule : section.over(path, effort)) {
                rules.put(rule.line(), rule);
                ruled.computeIfAbsent(rule.line(), line -> new ArrayList<>()).add(path.text());
            }
        }
        return rules.values().stream()
                .filter(rule -> !rule.owners().isEmpty())
                .map(rule -> new Requirement(
                        section.name(),
                        rule.line(),
                        rule.owners(),
                        section.approvals(),
                        ruled.getOrDefault(rule.line(), List.of())))
                .toList();
    }
}
