package dev.plumbline.cli.local;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.Nearest;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.config.ServerConfig.EnvironmentRule;
import dev.plumbline.hcl.Variable;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Variables that server.yaml sets for stacks of which none declares them: mostly names typed wrong, which Terraform passes over
 * in silence. A rule for many stacks is right where one of them declares the variable.
 */
final class UndeclaredVariables {
    private static final String PREFIX = "TF_VAR_";

    private final ConfigFile<ServerConfig> server;
    private final StackCatalog catalog;

    UndeclaredVariables(ConfigFile<ServerConfig> server, StackCatalog catalog) {
        this.server = server;
        this.catalog = catalog;
    }

    List<ConfigProblem> problems() {
        List<ConfigProblem> problems = new ArrayList<>();
        List<EnvironmentRule> rules = server.value().environment();
        for (int i = 0; i < rules.size(); i++) {
            List<Stack> stacks = stacks(rules.get(i));
            if (stacks.isEmpty()) {
                continue; // it may be about another repository
            }
            Set<String> declared = stacks.stream()
                    .flatMap(stack -> stack.code().variables().stream())
                    .map(Variable::name)
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String name : rules.get(i).set().keySet()) {
                String variable = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
                if (!variable.isEmpty() && !declared.contains(variable)) {
                    problems.add(server.problemAt(
                            "environment[" + i + "].set." + name, sentence(stacks, variable, declared)));
                }
            }
        }
        return problems;
    }

    private List<Stack> stacks(EnvironmentRule rule) {
        return catalog.stacks().values().stream()
                .filter(stack -> rule.repository().matches(stack.id().repository())
                        && rule.stack().matches(stack.id().folder()))
                .toList();
    }

    private static String sentence(List<Stack> stacks, String variable, Set<String> declared) {
        String whose = stacks.size() == 1
                ? "the code of " + stacks.get(0).id() + " declares no variable '"
                : "of the " + stacks.size() + " stacks that this fits none declares a variable '";
        return whose + variable + "'" + Nearest.hint(variable, declared);
    }
}
