package dev.plumbline.forge;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;

/** A forge at a moment that no real one can be brought to: each method gives what is laid down for it, and no other is called. */
final class Answering {
    private Answering() {}

    /** @param answers by the methods' names; an {@link Answer}, or what is given */
    static PullForge with(Map<String, Object> answers) {
        return (PullForge) Proxy.newProxyInstance(
                PullForge.class.getClassLoader(), new Class<?>[] {PullForge.class}, (forge, method, arguments) -> {
                    Object answer = Optional.ofNullable(answers.get(method.getName()))
                            .orElseThrow(() -> new AssertionError(method.getName() + " was not to be called"));
                    return answer instanceof Answer<?> ? answer : new Answer.Given<>(answer);
                });
    }
}
