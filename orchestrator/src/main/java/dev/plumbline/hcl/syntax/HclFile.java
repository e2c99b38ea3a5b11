package dev.plumbline.hcl.syntax;

import java.util.List;

/**
 * One file of Terraform code.
 *
 * @param problems what could not be read, in the order in which it was found
 */
public record HclFile(String name, Body body, List<Problem> problems) {
    /** Larger files are refused with a problem of kind {@link Problem.Kind#TOO_LARGE}. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;
    /** Blocks nested deeper end in a problem; values nested deeper stay raw. */
    public static final int MAX_DEPTH = 400;

    public HclFile {
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file; time and memory grow linearly with its size, and the call stack stays bounded.
     *
     * @param name decides the syntax: JSON where it ends in {@code .json}
     */
    public static HclFile read(String name, byte[] content) {
        if (content.length > MAX_BYTES) {
            String sentence = "the file has more than " + MAX_BYTES + " bytes, which is the limit, and was not read";
            Problem problem = new Problem(Problem.Kind.TOO_LARGE, new Position(name, 1, 1), sentence);
            return new HclFile(name, new Body(List.of(), List.of(), List.of()), List.of(problem));
        }
        Problems problems = new Problems();
        SourceText source = SourceText.decode(name, content);
        Body body = name.endsWith(".json")
                ? new JsonReader(source, problems).read()
                : new NativeReader(source, problems).read();
        return new HclFile(name, body, problems.list());
    }
}
