/**
 * The configuration files as records: server.yaml, plumbline.yaml, stack.yaml, policies; their defaults, schemas and errors
 * with line and column.
 *
 * <p>May use: nothing of Plumbline.
 */
@NullMarked
package dev.plumbline.config;

import org.jspecify.annotations.NullMarked;
