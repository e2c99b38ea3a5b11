package dev.plumbline.terraform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of Terraform's own commands on a state. */
public sealed interface StateCommand {

    /** The arguments, without the program. */
    List<String> arguments();

    /** Prints the state as it is. */
    record Pull() implements StateCommand {
        @Override
        public List<String> arguments() {
            return List.of("state", "pull");
        }
    }

    /** Writes a state to the backend; Terraform refuses another lineage and a lower serial unless forced. */
    record Push(Path file, boolean force) implements StateCommand {
        @Override
        public List<String> arguments() {
            List<String> all = new ArrayList<>(List.of("state", "push"));
            if (force) {
                all.add("-force");
            }
            all.add(file.toString());
            return all;
        }
    }

    /** Gives an object another address. */
    record Move(String from, String to) implements StateCommand {
        @Override
        public List<String> arguments() {
            return List.of("state", "mv", "--", from, to);
        }
    }

    /** Forgets objects, which go on to exist. */
    record Remove(List<String> addresses) implements StateCommand {
        public Remove {
            addresses = List.copyOf(addresses);
        }

        @Override
        public List<String> arguments() {
            List<String> all = new ArrayList<>(List.of("state", "rm", "--"));
            all.addAll(addresses);
            return all;
        }
    }
}
