package dev.plumbline.forge.owners;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GitHub's dialect, by docs.github.com, "About code owners": globs as in gitignore without {@code !}, {@code [ ]} and {@code \#}; the
 * last line that fits decides, and takes the owners away where it names none; {@code docs/*} doesn't reach into folders; a comment
 * may follow the owners; a line that is wrong is left out, and a file of 3 MB is not loaded.
 */
final class GithubOwners {
    private static final int TOO_LARGE = 3_000_000;
    private static final Pattern PERSON = Pattern.compile("@([A-Za-z0-9][A-Za-z0-9_-]*)");
    private static final Pattern TEAM = Pattern.compile("@([A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+)");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private final List<Rule> rules = new ArrayList<>();
    private final List<Flaw> flaws = new ArrayList<>();

    CodeOwners read(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length >= TOO_LARGE) {
            Flaw flaw = Flaw.skipped(0, "it has 3 MB or more, so GitHub doesn't load it, and nobody owns anything");
            return new CodeOwners(List.of(), List.of(flaw));
        }
        List<String> lines = Lines.of(text);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty() && !line.startsWith("#")) {
                line(i + 1, line);
            }
        }
        return new CodeOwners(List.of(new Section("", 1, Section.Which.LAST, rules, List.of())), flaws);
    }

    private void line(int number, String line) {
        Optional<Flaw> tooLong = Lines.tooLong(number, line);
        if (tooLong.isPresent()) {
            flaws.add(tooLong.get());
            return;
        }
        List<String> words = Lines.words(line);
        String pattern = words.get(0);
        Optional<String> fault = fault(pattern);
        if (fault.isPresent()) {
            flaws.add(Flaw.skipped(number, fault.get() + "; GitHub leaves the line out"));
            return;
        }
        Set<Owner> owners = new LinkedHashSet<>();
        for (String word : words.subList(1, words.size())) {
            if (word.startsWith("#")) {
                break;
            }
            Optional<Owner> owner = owner(word);
            if (owner.isEmpty()) {
                flaws.add(Flaw.skipped(
                        number, "'" + word + "' is no @user, @org/team or e-mail address; GitHub leaves the line out"));
                return;
            }
            owners.add(owner.get());
        }
        rules.add(new Rule(number, pattern(pattern), owners));
    }

    private static Optional<String> fault(String pattern) {
        if (pattern.startsWith("!")) {
            return Optional.of("'!' negates nothing here");
        }
        if (pattern.startsWith("\\#")) {
            return Optional.of("a pattern can't begin with '#', also not escaped");
        }
        if (pattern.contains("[") || pattern.contains("]")) {
            return Optional.of("'[ ]' chooses nothing here");
        }
        if (pattern.contains("***") || pattern.equals("/")) {
            return Optional.of("'" + pattern + "' fits nothing");
        }
        return Optional.empty();
    }

    private static Optional<Owner> owner(String word) {
        Matcher person = PERSON.matcher(word);
        if (person.matches()) {
            return Optional.of(new Owner.Person(person.group(1)));
        }
        Matcher team = TEAM.matcher(word);
        if (team.matches()) {
            return Optional.of(new Owner.Team(team.group(1)));
        }
        return EMAIL.matcher(word).matches() ? Optional.of(new Owner.Email(word)) : Optional.empty();
    }

    /** A pattern with a slash before its end starts at the root, any other one in any folder. */
    private static PathPattern pattern(String text) {
        boolean folder = text.endsWith("/");
        String inner = text.substring(text.startsWith("/") ? 1 : 0, text.length() - (folder ? 1 : 0));
        List<String> parts = new ArrayList<>();
        if (!text.startsWith("/") && !inner.contains("/")) {
            parts.add("**");
        }
        parts.addAll(List.of(inner.split("/", -1)));
        String last = parts.get(parts.size() - 1);
        if (folder || last.equals("**")) {
            // what is inside, not the folder itself; for two stars and a slash, of any folder inside
            parts.addAll(folder && last.equals("**") ? List.of("*", "**", "*") : List.of("**", "*"));
        } else if (!last.equals("*")) {
            // a name may be a folder's, and gives all that is inside
            parts.add("**");
        }
        return GlobPattern.of(parts, false);
    }
}
