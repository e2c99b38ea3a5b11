package dev.plumbline.forge.owners;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * GitLab's dialect, by docs.gitlab.com, "Syntax of CODEOWNERS file" and "Advanced CODEOWNERS configuration": sections decide apart from
 * each other, within one the last line that fits; sections of one name are one, whatever its case; {@code !} takes paths out of a
 * section for good; globs are Ruby's {@code fnmatch}; owners are found anywhere behind the path, and what is none is ignored.
 *
 * <p>Where the documentation is silent, the stricter way is taken: of several headings of one section the largest number of
 * approvals counts.
 */
final class GitlabOwners {
    private static final int TOO_LARGE = 3_000_000;
    private static final Pattern HEADING = Pattern.compile("(\\^?)\\[([^\\]]+)\\](?:\\[([^\\]]*)\\])?(.*)");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,2}");
    private static final Pattern OWNER = Pattern.compile(
            "(?<![\\w.+-])[\\w.+-]++@[\\w-]+(?:\\.[\\w-]+)+|@@[A-Za-z]+|(?<![\\w@])@\\w[\\w.-]*(?:/\\w[\\w.-]*)*");
    private static final Pattern ROLE = Pattern.compile("(?i)@@(developer|maintainer|owner)s?");

    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final List<Flaw> flaws = new ArrayList<>();

    /** A section while it is read. */
    private static final class Draft {
        private final String name;
        private final List<Rule> rules = new ArrayList<>();
        private final List<PathPattern> exclusions = new ArrayList<>();
        private boolean optional = true;
        private int approvals = 1;

        private Draft(String name) {
            this.name = name;
        }

        private Section done() {
            return new Section(name, optional ? 0 : approvals, Section.Which.LAST, rules, exclusions);
        }
    }

    CodeOwners read(String text) {
        if (text.length() >= TOO_LARGE) {
            return new CodeOwners(List.of(), List.of(Flaw.hidden(0, "it has 3 MB or more; split or shorten it")));
        }
        Draft section = draft("", false, 1);
        Set<Owner> usual = Set.of();
        List<String> lines = Lines.of(text);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Optional<Flaw> tooLong = Lines.tooLong(i + 1, line);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (tooLong.isPresent()) {
                flaws.add(tooLong.get());
                continue;
            }
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                section = draft(heading.group(2).strip(), !heading.group(1).isEmpty(), count(i + 1, heading.group(3)));
                usual = owners(heading.group(4));
            } else {
                line(i + 1, line, section, usual);
            }
        }
        return new CodeOwners(drafts.values().stream().map(Draft::done).toList(), flaws);
    }

    private Draft draft(String name, boolean optional, int approvals) {
        Draft draft = drafts.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new Draft(name));
        draft.optional &= optional;
        draft.approvals = Math.max(draft.approvals, approvals);
        return draft;
    }

    private int count(int number, @Nullable String text) {
        if (text == null || COUNT.matcher(text).matches()) {
            return text == null ? 1 : Integer.parseInt(text);
        }
        flaws.add(Flaw.skipped(number, "'" + text + "' is no number of approvals from 1; GitLab takes it as 1"));
        return 1;
    }

    private void line(int number, String line, Draft section, Set<Owner> usual) {
        String path = Lines.words(line).get(0);
        if (path.length() > 1 && path.startsWith("!")) {
            section.exclusions.add(pattern(path.substring(1)));
            return;
        }
        Set<Owner> own = owners(line.substring(path.length()));
        Set<Owner> owners = own.isEmpty() ? usual : own;
        if (owners.isEmpty()) {
            flaws.add(Flaw.skipped(number, "'" + path + "' has no owner; GitLab counts it as approved"));
        }
        section.rules.add(new Rule(number, pattern(path), owners));
    }

    private static Set<Owner> owners(String text) {
        Set<Owner> owners = new LinkedHashSet<>();
        Matcher found = OWNER.matcher(text);
        while (found.find()) {
            String word = found.group();
            Matcher role = ROLE.matcher(word);
            if (role.matches()) {
                owners.add(new Owner.Team("@" + role.group(1).toLowerCase(Locale.ROOT) + "s"));
            } else if (word.startsWith("@@")) {
                continue;
            } else if (!word.startsWith("@")) {
                owners.add(new Owner.Email(word));
            } else if (word.contains("/")) {
                owners.add(new Owner.Team(word.substring(1)));
            } else {
                owners.add(new Owner.PersonOrTeam(word.substring(1)));
            }
        }
        return owners;
    }

    /** A path without a slash in front starts in any folder; one with a slash at its end gives all that is inside. */
    private static PathPattern pattern(String text) {
        String path = (text.startsWith("\\#") ? text.substring(1) : text).replaceAll("\\\\(\\s)", "$1");
        List<String> parts = new ArrayList<>();
        if (!path.startsWith("/")) {
            parts.add("**");
        }
        boolean folder = path.endsWith("/");
        String inner = path.substring(path.startsWith("/") ? 1 : 0, Math.max(1, path.length() - (folder ? 1 : 0)));
        parts.addAll(List.of(inner.split("/", -1)));
        int last = parts.size() - 1;
        if (folder) {
            parts.add("**");
            parts.add("*");
        } else if (parts.get(last).equals("**")) {
            // Ruby's fnmatch crosses folders only where a slash follows
            parts.set(last, "*");
        }
        return GlobPattern.of(parts, true);
    }
}
