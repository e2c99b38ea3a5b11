package dev.plumbline.config;

import java.util.List;
import java.util.Map;

/**
 * One configuration file as read.
 *
 * @param value the best that could be made of it: a key with a problem has its default
 * @param problems all problems of the file, in the order of their lines; empty where it is valid
 * @param positions where each value stands, by its path: {@code approvals}, {@code inputs.vpc_id}, {@code depends_on[0]}
 */
public record ConfigFile<T>(String file, T value, List<ConfigProblem> problems, Map<String, Position> positions) {
    public ConfigFile {
        problems = List.copyOf(problems);
        positions = Map.copyOf(positions);
    }

    public boolean valid() {
        return problems.isEmpty();
    }

    /**
     * A problem found later, by someone who knows more than the file's reader.
     *
     * @param path as in {@link #positions}; an unknown one stands for the beginning of the file
     */
    public ConfigProblem problemAt(String path, String message) {
        Position position = positions.getOrDefault(path, Position.START);
        return new ConfigProblem(file, position.line(), position.column(), message);
    }
}
