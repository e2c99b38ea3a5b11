package dev.plumbline.policy;

import dev.plumbline.secret.TerminalText;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What one rule of a policy found in a plan.
 *
 * @param policy its file's name without the ending
 * @param title what the policy is about; empty where its name says it
 * @param what a clause such as {@code it would destroy aws_db_instance.main}; it holds addresses, never values
 * @param because what the policy's author tells people
 */
public record Finding(String policy, Optional<String> title, Severity severity, String what, Optional<String> because) {

    /** Each on one line, and free of control characters: all of it is somebody's text. */
    public Finding {
        title = title.map(TerminalText::safeLine);
        what = TerminalText.safeLine(what);
        because = because.map(TerminalText::safeLine).map(String::strip);
    }

    /** {@code policy databases refuses stacks/prod: it would destroy aws_db_instance.main (Ask the data team)}. */
    public String of(String stack) {
        return "policy " + policy + " " + severity.verb() + " " + stack + ": " + reason();
    }

    /** What was found, and what the policy's author says of it. */
    public String reason() {
        return what + because.map(why -> " (" + why + ")").orElse("");
    }

    Finding masked(UnaryOperator<String> mask) {
        return new Finding(policy, title, severity, mask.apply(what), because);
    }
}
