package dev.plumbline.terraform.plan;

import java.util.ArrayList;
import java.util.List;

/** The way from a value to something inside it, as in {@code ingress[0].cidr_blocks}; empty for the value itself. */
public record Path(List<Step> steps) implements Comparable<Path> {

    /** The value itself. */
    public static final Path ROOT = new Path(List.of());

    public Path {
        steps = List.copyOf(steps);
    }

    /** One step of a way. */
    public sealed interface Step {}

    /** An attribute's name or a map's key; plans don't always tell which. */
    public record Name(String value) implements Step {}

    /** A position in a list or tuple, from zero. */
    public record Index(int value) implements Step {}

    /** Every element of a list, set or map: a schema's way, never a plan's. */
    public record Each() implements Step {}

    /** The path of these attribute names. */
    public static Path of(String... names) {
        List<Step> steps = new ArrayList<>();
        for (String name : names) {
            steps.add(new Name(name));
        }
        return new Path(steps);
    }

    /** This path and one step more. */
    public Path plus(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Path(longer);
    }

    /** As Terraform's language writes it: {@code tags["a b"]}, {@code ingress[0].port}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            if (step instanceof Name name && isIdentifier(name.value())) {
                text.append(text.isEmpty() ? "" : ".").append(name.value());
            } else if (step instanceof Name name) {
                text.append("[\"").append(name.value().replace("\"", "\\\"")).append("\"]");
            } else if (step instanceof Index index) {
                text.append('[').append(index.value()).append(']');
            } else {
                text.append("[*]");
            }
        }
        return text.toString();
    }

    /** By their written form: a total order, for output that doesn't change from run to run. */
    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    private static boolean isIdentifier(String name) {
        if (name.isEmpty() || !(Character.isLetter(name.charAt(0)) || name.charAt(0) == '_')) {
            return false;
        }
        return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
    }
}
