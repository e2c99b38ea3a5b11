package dev.plumbline.config;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * {@code policies/NAME.yaml} at a repository's root: which plans are refused, and which are warned of.
 *
 * @param title what it is about, in a few words; empty where its name says it
 * @param stacks whose plans are judged
 * @param refuse rules of which none may fit
 * @param warn rules of which people are told where they fit
 */
public record PolicyConfig(Optional<String> title, List<Glob> stacks, List<Rule> refuse, List<Rule> warn) {

    /** What holds where a key is missing. */
    public static final PolicyConfig DEFAULT =
            new PolicyConfig(Optional.empty(), List.of(Glob.parse("**")), List.of(), List.of());

    public PolicyConfig {
        stacks = List.copyOf(stacks);
        refuse = List.copyOf(refuse);
        warn = List.copyOf(warn);
    }

    /** What becomes of a resource. */
    public enum Action {
        CREATE,
        UPDATE,
        REPLACE,
        DESTROY,
        FORGET
    }

    /**
     * Fits a plan that does something to some resources.
     *
     * @param actions any of which is done
     * @param resources any of which a resource's type or address fits
     * @param where attribute path → the value that it has; all of them must
     * @param moreThan how many such resources there may be
     * @param because what people are told
     */
    public record Rule(
            List<Action> actions,
            List<ResourcePattern> resources,
            SortedMap<String, JsonNode> where,
            int moreThan,
            Optional<String> because) {

        /** What holds where a key is missing. */
        public static final Rule DEFAULT =
                new Rule(List.of(), List.of(ResourcePattern.ANY), new TreeMap<>(), 0, Optional.empty());

        public Rule {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
            where = Collections.unmodifiableSortedMap(new TreeMap<>(where));
        }
    }
}
