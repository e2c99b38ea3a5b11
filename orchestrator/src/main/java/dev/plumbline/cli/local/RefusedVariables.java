package dev.plumbline.cli.local;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.config.ServerConfig.EnvironmentRule;
import dev.plumbline.terraform.ChildEnvironment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Variables that server.yaml must not set, since no run would begin with them. */
final class RefusedVariables {
    private RefusedVariables() {}

    /** The same file, with these among its problems. */
    static ConfigFile<ServerConfig> told(ConfigFile<ServerConfig> server) {
        List<ConfigProblem> problems = new ArrayList<>(server.problems());
        List<EnvironmentRule> rules = server.value().environment();
        for (int i = 0; i < rules.size(); i++) {
            for (String name : rules.get(i).set().keySet()) {
                String place = "environment[" + i + "].set." + name;
                ChildEnvironment.refusal(name).ifPresent(reason -> problems.add(server.problemAt(place, reason)));
            }
        }
        problems.sort(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column));
        return new ConfigFile<>(server.file(), server.value(), problems, server.positions());
    }
}
