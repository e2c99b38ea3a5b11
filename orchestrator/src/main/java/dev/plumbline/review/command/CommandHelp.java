package dev.plumbline.review.command;

import dev.plumbline.terraform.report.Markdown;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What there is to type. */
final class CommandHelp {
    private CommandHelp() {}

    /** @param command the word with which it begins */
    static String of(String command) {
        return "| Comment | What it does |\n|---|---|\n"
                + Arrays.stream(Verb.values())
                        .map(verb -> "| " + Markdown.code(command + " " + verb.word()) + " | "
                                + Markdown.inline(verb.what()) + " |\n")
                        .collect(Collectors.joining())
                + "\nBehind it may stand the stacks that are meant, by folder or name, also as "
                + Markdown.code("-d STACK") + "; without one, all of the pull request's.\n";
    }
}
