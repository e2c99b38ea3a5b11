package dev.plumbline.forge.owners;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gitea's and Forgejo's dialect, by docs.gitea.com, "Code Owners", and by how Gitea 1.26.0 reads it ({@code models/issues/pull.go}):
 * words cut at spaces, in which a backslash takes the next character as it is; a regular expression between {@code ^} and {@code $},
 * after {@code !} for all files that don't fit; a slash in front means nothing; every line that fits counts; people and teams with or
 * without {@code @}. It knows nobody by an e-mail address.
 */
final class GiteaOwners {
    /** All expressions together; each is kept compiled. */
    private static final int MOST_CODE = 500_000;

    private final List<Rule> rules = new ArrayList<>();
    private final List<Flaw> flaws = new ArrayList<>();
    private long code;

    CodeOwners read(String text) {
        List<String> lines = Lines.of(text);
        for (int i = 0; i < lines.size() && code <= MOST_CODE; i++) {
            Optional<Flaw> tooLong = Lines.tooLong(i + 1, lines.get(i));
            if (lines.get(i).startsWith("#")) {
                continue;
            }
            if (tooLong.isPresent()) {
                flaws.add(tooLong.get());
            } else {
                line(i + 1, words(lines.get(i)));
            }
        }
        if (code > MOST_CODE) {
            flaws.add(0, Flaw.hidden(0, "its regular expressions are too large together; use fewer and simpler ones"));
        }
        return new CodeOwners(List.of(new Section("", 1, Section.Which.EVERY, rules, List.of())), flaws);
    }

    private void line(int number, List<String> words) {
        if (words.isEmpty()) {
            return;
        }
        Set<Owner> owners = new LinkedHashSet<>();
        for (String word : words.subList(1, words.size())) {
            String name = word.startsWith("@") ? word.substring(1) : word;
            if (name.contains("@") || name.indexOf('/') != name.lastIndexOf('/')) {
                flaws.add(Flaw.skipped(number, "'" + word + "' is no user or org/team of Gitea; it is left out"));
            } else {
                owners.add(name.contains("/") ? new Owner.Team(name) : new Owner.Person(name));
            }
        }
        if (owners.isEmpty()) {
            flaws.add(Flaw.skipped(number, "'" + words.get(0) + "' has no owner; Gitea leaves the line out"));
            return;
        }
        boolean others = words.get(0).startsWith("!");
        String expression = words.get(0).substring(others ? 1 : 0);
        try {
            RegexPattern pattern =
                    RegexPattern.parse(expression.startsWith("/") ? expression.substring(1) : expression, others);
            code += pattern.size();
            rules.add(new Rule(number, pattern, owners));
        } catch (IllegalArgumentException e) {
            flaws.add(Flaw.hidden(number, String.valueOf(e.getMessage())));
        }
    }

    /** A comment begins at any {@code #} without a backslash. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
                word.append(i < line.length() ? String.valueOf(line.charAt(i)) : "");
            } else if (c == '#') {
                break;
            } else if (c != ' ' && c != '\t') {
                word.append(c);
            } else if (word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }
}
