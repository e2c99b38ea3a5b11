package dev.plumbline.policy;

import dev.plumbline.terraform.plan.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the way to an attribute as people write it: {@code tags.owner}, {@code ingress[0].port}, {@code tags["a b"]}. */
final class AttributePath {
    private static final Pattern STEP =
            Pattern.compile("\\G(?:(?:^|\\.)(?<name>[\\p{L}_][\\p{L}\\p{N}_-]*)|(?!^)\\[(?<index>[0-9]{1,9})\\]"
                    + "|(?!^)\\[\"(?<key>[^\"]*)\"\\]|(?!^)\\[\\*\\])");

    private AttributePath() {}

    /** @throws IllegalArgumentException where it is none */
    static Path parse(String text) {
        List<Path.Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int end = 0;
        while (step.find()) {
            if (step.group("name") != null) {
                steps.add(new Path.Name(step.group("name")));
            } else if (step.group("index") != null) {
                steps.add(new Path.Index(Integer.parseInt(step.group("index"))));
            } else if (step.group("key") != null) {
                steps.add(new Path.Name(step.group("key")));
            } else {
                steps.add(new Path.Each());
            }
            end = step.end();
        }
        if (text.isEmpty() || end < text.length()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no path of an attribute such as tags.owner, ingress[0].port or tags[\"a b\"]");
        }
        return new Path(steps);
    }
}
