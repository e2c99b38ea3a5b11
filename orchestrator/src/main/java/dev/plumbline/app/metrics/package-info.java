/**
 * What a machine that watches the server asks for: numbers for Prometheus at {@code /metrics}, and whether it can do its work at
 * {@code /readyz}. Reads the store and nothing else, and only when asked.
 */
@NullMarked
package dev.plumbline.app.metrics;

import org.jspecify.annotations.NullMarked;
