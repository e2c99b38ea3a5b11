package dev.plumbline.config;

import java.util.regex.Pattern;

/** Makes a regular expression of a glob; linear in its length, and without nested repetition that could run away. */
final class GlobCompiler {
    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private int braces;

    GlobCompiler(String glob) {
        this.glob = glob;
    }

    Pattern compile() {
        while (at < glob.length()) {
            next();
        }
        if (braces > 0) {
            throw new IllegalArgumentException("a { is never closed");
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private void next() {
        char c = glob.charAt(at++);
        switch (c) {
            case '*' -> stars();
            case '?' -> regex.append("[^/]");
            case '[' -> choice();
            case '{' -> {
                braces++;
                regex.append("(?:");
            }
            case '}' -> close();
            case ',' -> regex.append(braces > 0 ? "|" : ",");
            default -> regex.append(Pattern.quote(String.valueOf(c)));
        }
    }

    private void stars() {
        if (at >= glob.length() || glob.charAt(at) != '*') {
            regex.append("[^/]*");
            return;
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        boolean wholeName = at < glob.length() && glob.charAt(at) == '/' && startsName();
        if (wholeName) {
            at++;
            regex.append("(?:.*/)?");
        } else {
            regex.append(".*");
        }
    }

    private boolean startsName() {
        int first = at - 1;
        while (first > 0 && glob.charAt(first - 1) == '*') {
            first--;
        }
        return first == 0 || glob.charAt(first - 1) == '/';
    }

    private void choice() {
        int end = glob.indexOf(']', at + 1);
        if (end < 0) {
            throw new IllegalArgumentException("a [ is never closed");
        }
        String inside = glob.substring(at, end);
        boolean not = inside.startsWith("!") || inside.startsWith("^");
        String members = (not ? inside.substring(1) : inside)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("&", "\\&")
                .replace("^", "\\^");
        regex.append(not ? "[^/" : "[").append(members).append(']');
        at = end + 1;
    }

    private void close() {
        if (braces == 0) {
            throw new IllegalArgumentException("a } without its {");
        }
        braces--;
        regex.append(')');
    }
}
