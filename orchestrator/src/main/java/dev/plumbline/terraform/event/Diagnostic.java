package dev.plumbline.terraform.event;

import java.util.Optional;

/**
 * An error or a warning of Terraform.
 *
 * @param detail may be empty or have several lines
 * @param address the resource it concerns; empty where it concerns none
 */
public record Diagnostic(
        Severity severity,
        String summary,
        String detail,
        String address,
        Optional<Range> range,
        Optional<Snippet> snippet) {

    public enum Severity {
        ERROR("Error"),
        WARNING("Warning");

        private final String title;

        Severity(String title) {
            this.title = title;
        }
    }

    /**
     * Where in the code.
     *
     * @param file relative to the stack's folder
     * @param line counted from 1
     * @param column counted from 1
     */
    public record Range(String file, int line, int column) {}

    /**
     * The code itself. It can hold secrets that stand in the code.
     *
     * @param context the block around it, such as {@code resource "aws_vpc" "main"}; may be empty
     */
    public record Snippet(String context, String code, int startLine) {}

    /** An error that has no place in the code. */
    public static Diagnostic error(String summary, String detail) {
        return new Diagnostic(Severity.ERROR, summary, detail, "", Optional.empty(), Optional.empty());
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** Laid out as Terraform prints it, without the frame; several lines. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(severity.title).append(": ").append(summary);
        if (!address.isEmpty() || range.isPresent()) {
            text.append("\n");
        }
        if (!address.isEmpty()) {
            text.append("\n  with ").append(address).append(",");
        }
        range.ifPresent(place -> text.append(place(place)));
        snippet.ifPresent(code -> text.append(numbered(code)));
        if (!detail.isBlank()) {
            text.append("\n\n").append(detail.strip());
        }
        return text.toString();
    }

    private String place(Range range) {
        String context = snippet.map(Snippet::context).orElse("");
        return "\n  on " + range.file() + " line " + range.line() + (context.isEmpty() ? "" : ", in " + context) + ":";
    }

    private static String numbered(Snippet snippet) {
        StringBuilder text = new StringBuilder();
        int number = snippet.startLine();
        for (String line : snippet.code().split("\n", -1)) {
            text.append("\n").append(String.format("%4d: ", number++)).append(line);
        }
        return text.toString();
    }
}
