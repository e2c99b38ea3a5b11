package dev.plumbline.terraform;

import java.util.ArrayList;
import java.util.List;

/** The argument vectors of Terraform's commands. */
final class Arguments {
    private static final String NO_QUESTIONS = "-input=false";
    /** How long another holder of the state's lock is waited for. */
    private static final String LOCK_TIMEOUT = "-lock-timeout=60s";

    private Arguments() {}

    /** Never migrates a state: a backend that differs from the last one is taken as it is. */
    static List<String> init(boolean json) {
        List<String> all = new ArrayList<>(List.of("init", NO_QUESTIONS, "-reconfigure"));
        all.add(json ? "-json" : "-no-color");
        return all;
    }

    static List<String> plan(PlanCommand plan) {
        List<String> all = new ArrayList<>(List.of("plan", "-json", NO_QUESTIONS, "-detailed-exitcode"));
        all.add("-out=" + plan.planFile());
        all.add("-parallelism=" + plan.parallelism());
        all.add(lock(plan.lock()));
        plan.variables().forEach(file -> all.add("-var-file=" + file));
        if (plan.destroy()) {
            all.add("-destroy");
        }
        if (!plan.refresh()) {
            all.add("-refresh=false");
        }
        return all;
    }

    static List<String> apply(ApplyCommand apply) {
        return List.of(
                "apply",
                "-json",
                NO_QUESTIONS,
                "-parallelism=" + apply.parallelism(),
                lock(apply.lock()),
                apply.planFile().toString());
    }

    private static String lock(boolean wanted) {
        return wanted ? LOCK_TIMEOUT : "-lock=false";
    }
}
