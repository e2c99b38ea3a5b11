package dev.plumbline.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.People.Permission;
import dev.plumbline.localforge.Detour;
import dev.plumbline.localforge.Detour.Asked;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Something that a forge insists on, shown by one call of a client that keeps to it, and by the same call of one that doesn't.
 *
 * @param <G> where the client is tried
 * @param name what is insisted on
 * @param act the call
 * @param broken what becomes of the call's requests in a client that doesn't keep to it
 * @param told what the broken one is told; {@link #NOTHING} where it is told that something is not there
 * @param fault what else is written down, to fail the test of whoever did it unknowingly; empty for nothing
 */
record ForgeRule<G>(
        String name, Function<G, Answer<?>> act, Function<G, UnaryOperator<Asked>> broken, String told, String fault) {
    static final String NOTHING = "nothing is there";

    static <G> ForgeRule<G> of(
            String name, Function<G, Answer<?>> act, Function<G, UnaryOperator<Asked>> broken, String told) {
        return new ForgeRule<>(name, act, broken, told, "");
    }

    /** With what is written down of a request that the forge's own description has no place for. */
    ForgeRule<G> noting(String words) {
        return new ForgeRule<>(name, act, broken, told, words);
    }

    /** The broken client first, which changes nothing; then the whole one. */
    void shown(G ground, Detour way, Supplier<List<String>> faults) {
        way.breaks(broken.apply(ground));
        assertThat(said(act.apply(ground))).as("a client that is broken").contains(told);
        assertThat(String.join("\n", faults.get()))
                .as("what is noted")
                .contains(fault)
                .satisfies(noted -> assertThat(noted.isEmpty()).isEqualTo(fault.isEmpty()));
        way.mends();
        assertThat(said(act.apply(ground))).as("one that is not").isEmpty();
    }

    /** How a call failed; empty where it didn't. */
    private static String said(Answer<?> answer) {
        return answer.failure().map(Trouble::sentence).orElseGet(() -> {
            Object value = ((Answer.Given<?>) answer).value();
            boolean nothing = value.equals(Optional.empty()) || value.equals(false) || value == Permission.NONE;
            return nothing ? NOTHING : "";
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
