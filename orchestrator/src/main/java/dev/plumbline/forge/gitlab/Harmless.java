package dev.plumbline.forge.gitlab;

import java.util.regex.Pattern;

/**
 * Keeps text of ours from being commands to GitLab. It takes each line that begins with a slash for one, such as {@code /merge}, and
 * does it with our token's rights; a fence protects only where it is of three backticks and nothing more. So no line begins with a
 * slash.
 */
final class Harmless {
    /** GitLab takes carriage returns out before it looks. */
    private static final Pattern COMMAND = Pattern.compile("(?:^|(?<=\n))(\r*)/");

    private Harmless() {}

    static String of(String markdown) {
        return COMMAND.matcher(markdown).replaceAll("$1 /");
    }
}
