package dev.plumbline.terraform.plan;

import java.util.Comparator;
import java.util.List;

/**
 * How the conditions of one object of the configuration came out.
 *
 * @param address of the object, for example {@code check.health} or {@code module.a.output.url}
 */
public record CheckResult(Kind kind, String address, Status status, List<Instance> instances) {

    public CheckResult {
        // Terraform writes them in no certain order.
        instances = instances.stream()
                .sorted(Comparator.comparing(Instance::address))
                .toList();
    }

    /** What declares the conditions. */
    public enum Kind {
        RESOURCE,
        OUTPUT_VALUE,
        CHECK,
        INPUT_VARIABLE
    }

    /** How they came out; unknown where it depends on what is known only after apply. */
    public enum Status {
        UNKNOWN,
        PASS,
        FAIL,
        ERROR
    }

    /** One instance of the object, and what its failed conditions say. */
    public record Instance(String address, Status status, List<String> problems) {
        public Instance {
            problems = List.copyOf(problems);
        }
    }
}
