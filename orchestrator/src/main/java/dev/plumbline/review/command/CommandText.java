package dev.plumbline.review.command;

import dev.plumbline.config.ForgeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds commands in the Markdown of a comment: lines that begin with a server's word for them, outside quotations and code. */
final class CommandText {
    /** More than anybody means in one comment. */
    static final int MOST = 10;

    /** Whoever comes from there goes on typing it; but where another word was chosen, an Atlantis may still be there. */
    private static final String FORMER = "atlantis";

    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}(?=[^`]*$)|~{3,}).*");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Pattern REFERENCE = Pattern.compile("[0-9a-f]{7,64}");

    /** A line that is meant for us. */
    sealed interface Line {
        String typed();
    }

    /** It can be done. */
    record Understood(String typed, Command command) implements Line {}

    /** @param why what is wrong with it, one sentence */
    record NotUnderstood(String typed, String why) implements Line {}

    private CommandText() {}

    /**
     * The lines of a comment that are meant for us, in order.
     *
     * @param command the word with which they begin
     */
    static List<Line> lines(String markdown, String command) {
        List<Line> lines = new ArrayList<>();
        Optional<String> fence = Optional.empty();
        for (String line : markdown.lines().toList()) {
            Matcher mark = FENCE.matcher(line);
            if (fence.isPresent()) {
                fence = closes(line, fence.get()) ? Optional.empty() : fence;
            } else if (mark.matches()) {
                fence = Optional.of(mark.group(1));
            } else if (!line.startsWith("    ") && !line.startsWith("\t") && lines.size() <= MOST) {
                line(line.strip(), command).ifPresent(lines::add);
            }
        }
        return lines.size() > MOST ? cut(lines) : lines;
    }

    /** What is not done must not seem to be. */
    private static List<Line> cut(List<Line> lines) {
        List<Line> cut = new ArrayList<>(lines.subList(0, MOST));
        cut.add(tooMany(lines.get(MOST).typed()));
        return cut;
    }

    private static Line tooMany(String typed) {
        return new NotUnderstood(
                typed,
                "a comment takes " + MOST + " commands, and from here on none is done: write these in another comment");
    }

    /** One of {@link #lines}, by its place among them; empty for one that is not meant for us. */
    static Optional<Line> line(String typed, int place, String command) {
        return place < MOST ? line(typed, command) : Optional.of(tooMany(typed));
    }

    /** Only a fence with nothing behind it, of the same sign and as long at least, closes one. */
    private static boolean closes(String line, String fence) {
        String sign = line.strip();
        return sign.startsWith(fence) && sign.chars().allMatch(each -> each == fence.charAt(0));
    }

    /** Empty for one that is not meant for us. */
    static Optional<Line> line(String typed, String command) {
        List<String> words = words(typed);
        if (words.isEmpty() || !meant(words.get(0), command)) {
            return Optional.empty();
        }
        if (words.size() == 1) {
            return Optional.of(new Understood(typed, Command.of(Verb.HELP)));
        }
        String verb = words.get(1);
        return Optional.of(Verb.of(verb)
                .map(known -> new Words(typed, known, words.subList(2, words.size())).read())
                .orElseGet(() -> new NotUnderstood(typed, "there is no command '" + verb + "'")));
    }

    private static boolean meant(String first, String command) {
        return first.equalsIgnoreCase(command)
                || command.equals(ForgeConfig.USUAL_COMMAND) && first.equalsIgnoreCase(FORMER);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }

    /** The words behind a verb; those of Atlantis mean here what they mean there. */
    private record Words(String typed, Verb verb, List<String> words) {

        Line read() {
            List<String> stacks = new ArrayList<>();
            Optional<String> workspace = Optional.empty();
            Optional<String> reference = Optional.empty();
            Optional<Command.Other> other = Optional.empty();
            for (int at = 0; at < words.size(); at++) {
                String word = words.get(at);
                String flag = word.replaceFirst("=.*", "");
                switch (flag) {
                    case "-d", "--dir", "--stack", "-s", "-p", "--project", "-w", "--workspace" -> {
                        boolean joined = word.length() > flag.length();
                        if (!joined && at + 1 == words.size()) {
                            return new NotUnderstood(typed, flag + " needs a value behind it");
                        }
                        String value = joined ? word.substring(flag.length() + 1) : words.get(++at);
                        if (flag.equals("-w") || flag.equals("--workspace")) {
                            workspace = Optional.of(value);
                        } else {
                            stacks.add(value);
                        }
                    }
                    case "--verbose", "--auto-merge-disabled" -> {}
                    case "--" -> {
                        return new NotUnderstood(
                                typed, "further arguments for Terraform can't be given: set them in stack.yaml");
                    }
                    default -> {
                        if (word.startsWith("-")) {
                            return new NotUnderstood(typed, "there is no option " + word);
                        }
                        Optional<Command.Other> named = Command.Other.of(word).filter(pull -> verb == Verb.REVERT);
                        if (named.isPresent()) {
                            if (other.isPresent()) {
                                return new NotUnderstood(typed, "one pull request is taken back at a time");
                            }
                            other = named;
                        } else if (takesReference() && REFERENCE.matcher(word).matches()) {
                            reference = Optional.of(word);
                        } else {
                            stacks.add(word);
                        }
                    }
                }
            }
            return new Understood(typed, new Command(verb, stacks, workspace, reference, other));
        }

        private boolean takesReference() {
            return verb == Verb.APPROVE || verb == Verb.PLAN;
        }
    }
}
