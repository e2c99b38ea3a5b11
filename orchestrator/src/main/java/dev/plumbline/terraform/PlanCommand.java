package dev.plumbline.terraform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One plan.
 *
 * @param variables files of variables ({@code .tfvars} or {@code .tfvars.json}); of two that name the same, the later counts
 * @param planFile where the plan is written; its folder exists
 * @param destroy plans the destruction of everything
 * @param refresh whether the real objects are read
 * @param lock whether the state is locked; a role that may only read can't
 * @param parallelism operations at once; Terraform's own default is 10
 * @param environment variables on top of the child's allow-list
 * @param timeLimit after it Terraform is asked to stop
 */
public record PlanCommand(
        Workspace workspace,
        List<Path> variables,
        Path planFile,
        boolean destroy,
        boolean refresh,
        boolean lock,
        int parallelism,
        Map<String, String> environment,
        Duration timeLimit) {

    public PlanCommand {
        if (parallelism < 1) {
            throw new IllegalArgumentException("Parallelism must be 1 or more, not " + parallelism);
        }
        variables = List.copyOf(variables);
        environment = Map.copyOf(environment);
    }

    /** A normal plan: refreshed, locked, ten operations at once, thirty minutes. */
    public static PlanCommand normal(Workspace workspace, Path planFile) {
        return new PlanCommand(workspace, List.of(), planFile, false, true, true, 10, Map.of(), Duration.ofMinutes(30));
    }

    public PlanCommand withVariables(List<Path> files) {
        return new PlanCommand(workspace, files, planFile, destroy, refresh, lock, parallelism, environment, timeLimit);
    }

    public PlanCommand withDestroy() {
        return new PlanCommand(
                workspace, variables, planFile, true, refresh, lock, parallelism, environment, timeLimit);
    }

    public PlanCommand withEnvironment(Map<String, String> more) {
        return new PlanCommand(workspace, variables, planFile, destroy, refresh, lock, parallelism, more, timeLimit);
    }

    public PlanCommand withTimeLimit(Duration limit) {
        return new PlanCommand(workspace, variables, planFile, destroy, refresh, lock, parallelism, environment, limit);
    }
}
