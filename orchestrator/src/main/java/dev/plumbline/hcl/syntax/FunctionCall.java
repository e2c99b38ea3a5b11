package dev.plumbline.hcl.syntax;

import java.util.List;

/**
 * A call of a function somewhere in an expression.
 *
 * @param arguments as written, trimmed; one of more than {@link FunctionCalls#LONGEST_ARGUMENT} characters is empty
 * @param position of the function's name; inside a string of JSON syntax, of that string
 */
public record FunctionCall(String name, List<String> arguments, Position position) {
    public FunctionCall {
        arguments = List.copyOf(arguments);
    }
}
