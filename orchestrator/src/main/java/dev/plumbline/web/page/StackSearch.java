package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which stacks are asked for.
 *
 * @param words each must occur in the id or the reason, in any case of letters
 * @param state the word of a state, or {@value #DRIFTED}; empty for all
 * @param page from one on
 */
public record StackSearch(String words, String state, int page) {
    /** Asks for stacks with open divergences, whatever their state. */
    static final String DRIFTED = "drifted";

    List<Views.Stack> byWords(List<Views.Stack> stacks) {
        List<String> wanted = Arrays.stream(
                        words.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return wanted.isEmpty()
                ? stacks
                : stacks.stream()
                        .filter(stack -> wanted.stream().allMatch(word -> holds(stack, word)))
                        .toList();
    }

    private static boolean holds(Views.Stack stack, String word) {
        return stack.id().toLowerCase(Locale.ROOT).contains(word)
                || stack.reason().toLowerCase(Locale.ROOT).contains(word);
    }

    List<Views.Stack> byState(List<Views.Stack> stacks) {
        return state.isEmpty()
                ? stacks
                : stacks.stream().filter(stack -> fits(stack, state)).toList();
    }

    static boolean fits(Views.Stack stack, String state) {
        return state.equals(DRIFTED) ? drifted(stack) : stack.state().equals(state);
    }

    /** Whether a stack waits for somebody to do just that. */
    static boolean asksFor(Views.Stack stack, Views.Action action) {
        return switch (action) {
            case APPROVE -> stack.state().equals("awaiting-approval");
            case RETRY -> stack.state().equals("failed");
            default -> false;
        };
    }

    static boolean drifted(Views.Stack stack) {
        return stack.drifted() != null && stack.drifted() > 0;
    }

    /** The address of another page of the same search. */
    public String at(int other) {
        return address(words, state, other);
    }

    /** The address of the same words in another state, from its first page on. */
    public String in(String other) {
        return address(words, other, 1);
    }

    private static String address(String words, String state, int page) {
        StringBuilder query = new StringBuilder();
        add(query, "q", words);
        add(query, "state", state);
        add(query, "page", page == 1 ? "" : String.valueOf(page));
        return "/" + query;
    }

    private static void add(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
