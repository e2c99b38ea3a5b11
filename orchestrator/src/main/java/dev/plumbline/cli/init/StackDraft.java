package dev.plumbline.cli.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A stack.yaml as init would write it, one key a line.
 *
 * @param folder as a path of the tree
 * @param comments sentences above the keys
 * @param lines YAML, one key each
 */
record StackDraft(String folder, List<String> comments, List<String> lines) {
    StackDraft {
        comments = List.copyOf(comments);
        lines = List.copyOf(lines);
    }

    String path() {
        return (folder.isEmpty() ? "" : folder + "/") + "stack.yaml";
    }

    boolean saysSomething() {
        return !lines.isEmpty() || comments.size() > 1;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        comments.forEach(comment -> text.append("# ").append(comment).append('\n'));
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** The same, with some of its keys only told, since they can't be taken as they are. */
    StackDraft without(Set<Integer> linesOfText, String why) {
        List<String> told = new ArrayList<>(comments);
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (linesOfText.contains(comments.size() + i + 1)) {
                told.add("Not taken over (" + why + "): " + lines.get(i));
            } else {
                kept.add(lines.get(i));
            }
        }
        return new StackDraft(folder, told, kept);
    }
}
