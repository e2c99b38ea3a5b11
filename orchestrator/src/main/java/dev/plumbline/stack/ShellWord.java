package dev.plumbline.stack;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts as words of a command that can be pasted into a shell. */
public final class ShellWord {
    /** What no shell gives a meaning to; a # only begins a comment where it begins a word. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}/_.@%+=:,-][\\p{L}\\p{N}/_.@%+=:,#-]*");

    private ShellWord() {}

    /** The words as one line. */
    public static String line(List<String> words) {
        return words.stream().map(ShellWord::of).collect(Collectors.joining(" "));
    }

    /**
     * The text itself where that is safe, else in quotes. Control characters come as escapes in {@code $'…'}, which bash, ksh and zsh
     * know.
     */
    public static String of(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        return text.chars().anyMatch(Character::isISOControl) ? escaped(text) : "'" + text.replace("'", "'\\''") + "'";
    }

    private static String escaped(String text) {
        StringBuilder word = new StringBuilder("$'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                word.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                word.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                word.append(c);
            }
        }
        return word.append('\'').toString();
    }
}
