package dev.plumbline.run;

import dev.plumbline.secret.Secrets;
import dev.plumbline.stack.Stack;
import java.util.SortedMap;

/** The values of a stack's variables, from its stack.yaml, from upstream stacks, and from the server's environment. */
public sealed interface Inputs {

    /**
     * All of them.
     *
     * @param json by variable, as JSON; in clear where they are sensitive, too
     * @param secrets those among them, and in the environment, that must not be shown
     * @param digest keyed, over all of them and the environment
     */
    record Known(SortedMap<String, String> json, Secrets secrets, String digest) implements Inputs {}

    /**
     * An upstream output that does not exist, or is not known before its stack is applied.
     *
     * @param planned whether a plan of the upstream stack will make or change it
     */
    record Missing(Stack.Input input, boolean planned, String sentence) implements Inputs {}

    /** The digest over all, which still tells its parts from each other. */
    static String digest(String variables, String environment) {
        return variables + "-" + environment;
    }

    /** Whether two digests are of the same variables, in whatever environment: a credential that is renewed moves none of them. */
    static boolean sameVariables(String digest, String other) {
        return variables(digest).equals(variables(other));
    }

    private static String variables(String digest) {
        return digest.split("-", 2)[0];
    }
}
