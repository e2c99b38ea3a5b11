package dev.plumbline.localgitlab;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands in notes and descriptions: lines that begin with a slash, but for those in a block between plain fences.
 *
 * @param left the text without them
 */
record QuickActions(String left, List<String> commands) {
    private static final Pattern COMMAND = Pattern.compile(
            "(?sm)(?<code>^```\\n.+?\\n```$)|^/(?<command>approve|close|merge|submit_review requested_changes)\\s*(?:\\n|\\z)");

    static QuickActions of(String text) {
        List<String> commands = new ArrayList<>();
        Matcher matcher = COMMAND.matcher(text.replace("\r", ""));
        String left = matcher.replaceAll(found -> {
            if (matcher.group("command") == null) {
                return Matcher.quoteReplacement(found.group());
            }
            commands.add(matcher.group("command"));
            return "";
        });
        return new QuickActions(left.stripTrailing(), commands);
    }
}
