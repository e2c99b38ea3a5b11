package dev.plumbline.policy;

import dev.plumbline.config.PolicyConfig;
import dev.plumbline.terraform.plan.Action;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.ResourceAddress;
import dev.plumbline.terraform.plan.ResourceChange;
import dev.plumbline.terraform.plan.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One rule of a policy, ready to judge. */
record Rule(Severity severity, PolicyConfig.Rule config, List<Condition> where) {
    private static final int NAMED = 3;
    /** A number, or a key in quotes. */
    private static final Pattern INDEX = Pattern.compile("\\[(?:[0-9]+|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\")\\]");

    /** What a plan does to a resource, in the rule's words. */
    private record Match(String doing, Truth fits) {}

    /** What it finds; empty where it doesn't fit, whatever is known only later. */
    Optional<Finding> in(Plan plan, String policy, Optional<String> title) {
        List<String> found = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (ResourceChange change : plan.changes()) {
            Match match = match(change);
            if (match.fits() == Truth.YES) {
                found.add(match.doing());
            } else if (match.fits() == Truth.UNKNOWN) {
                unknown.add(match.doing());
            }
        }
        if (found.size() > config.moreThan()) {
            return Optional.of(new Finding(policy, title, severity, doing(found), config.because()));
        }
        return found.size() + unknown.size() > config.moreThan()
                ? Optional.of(new Finding(policy, title, Severity.WARNS, untold(unknown), config.because()))
                : Optional.empty();
    }

    private Match match(ResourceChange change) {
        Set<PolicyConfig.Action> done = actions(change.action());
        done.retainAll(config.actions());
        if (done.isEmpty() || !fits(change.address())) {
            return new Match("", Truth.NO);
        }
        boolean goes = change.action() == Action.DELETE || change.action() == Action.FORGET;
        Value value = goes ? change.change().before() : change.change().after();
        String doing = done.iterator().next().name().toLowerCase(Locale.ROOT) + " "
                + change.address().text()
                + (change.deposedKey().isEmpty() ? "" : " (deposed " + change.deposedKey() + ")");
        return new Match(doing, where.stream().map(each -> each.in(value)).reduce(Truth.YES, Truth::and));
    }

    private static Set<PolicyConfig.Action> actions(Action action) {
        return switch (action) {
            case NO_OP, READ -> EnumSet.noneOf(PolicyConfig.Action.class);
            case CREATE -> EnumSet.of(PolicyConfig.Action.CREATE);
            case UPDATE -> EnumSet.of(PolicyConfig.Action.UPDATE);
            case DELETE -> EnumSet.of(PolicyConfig.Action.DESTROY);
            case REPLACE_DESTROY_FIRST, REPLACE_CREATE_FIRST -> EnumSet.of(PolicyConfig.Action.REPLACE);
            case FORGET -> EnumSet.of(PolicyConfig.Action.FORGET);
            case CREATE_THEN_FORGET -> EnumSet.of(PolicyConfig.Action.REPLACE, PolicyConfig.Action.FORGET);
        };
    }

    /** By its type, or by its address with or without its module, with or without indexes. */
    private boolean fits(ResourceAddress address) {
        return Stream.of(address.text(), address.local(), address.type())
                .flatMap(text -> Stream.of(text, INDEX.matcher(text).replaceAll("")))
                .distinct()
                .anyMatch(text -> config.resources().stream().anyMatch(pattern -> pattern.matches(text)));
    }

    private String doing(List<String> found) {
        return config.moreThan() == 0
                ? "it would " + some(found)
                : "it would " + some(found) + ": " + found.size() + " resources, and no more than " + config.moreThan()
                        + " are allowed at once";
    }

    private String untold(List<String> unknown) {
        return "it would " + some(unknown) + ", and whether " + (unknown.size() == 1 ? "that is" : "those are")
                + " allowed depends on values that are known only after the apply";
    }

    private static String some(List<String> all) {
        String named = all.stream().limit(NAMED).collect(Collectors.joining(", "));
        return all.size() <= NAMED ? named : named + " and " + (all.size() - NAMED) + " more";
    }
}
