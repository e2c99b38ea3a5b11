package dev.plumbline.forge.hook;

import java.util.Optional;

/** The headers of a delivery. */
@FunctionalInterface
public interface HookHeaders {
    /** A header's value; empty where it is missing. */
    Optional<String> get(String name);
}
