package dev.plumbline.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes whole top-level blocks, as they are written, out of a file in the language of Terraform's CLI configuration.
 * That language is an older one than that of {@code .tf} files, but strings, comments and braces nest alike.
 */
final class CliBlocks {
    private static final Pattern HEADER =
            Pattern.compile("\\G([A-Za-z_][A-Za-z0-9_-]*)((?:\\s*\"[^\"\\n]*\")*)\\s*\\{");

    private final String text;
    private final Set<String> wanted;

    CliBlocks(String text, Set<String> wanted) {
        this.text = text;
        this.wanted = wanted;
    }

    List<String> read() {
        List<String> blocks = new ArrayList<>();
        Matcher header = HEADER.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (header.find(at)) {
                int end = blockEnd(header.end());
                if (wanted.contains(header.group(1))) {
                    blocks.add(text.substring(at, end));
                }
                at = end;
            } else {
                at = wordOrTokenEnd(at);
            }
        }
        return blocks;
    }

    /** The place after the brace that closes what was open before {@code from}. */
    private int blockEnd(int from) {
        int depth = 1;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return at + 1;
            }
            at = tokenEnd(at);
        }
        throw new TerraformException("A block of the CLI configuration is never closed; correct the file that "
                + "TF_CLI_CONFIG_FILE or .terraformrc names");
    }

    private int wordOrTokenEnd(int at) {
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end > at ? end : tokenEnd(at);
    }

    private int tokenEnd(int at) {
        char c = text.charAt(at);
        if (c == '"') {
            return stringEnd(at + 1);
        }
        if (c == '#' || text.startsWith("//", at)) {
            return after("\n", at);
        }
        if (text.startsWith("/*", at)) {
            return after("*/", at + 2);
        }
        return at + 1;
    }

    private int stringEnd(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, text.length());
    }

    private int after(String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }
}
