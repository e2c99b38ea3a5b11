package dev.plumbline.app.metrics;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the server knows of itself.
 *
 * @param version of the program
 * @param places how many plans and drift checks may run at the same time
 * @param trouble why it can't do its work now; empty where it can
 */
public record ServerFacts(String version, Path home, int places, Supplier<Optional<String>> trouble) {}
