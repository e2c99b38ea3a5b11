/**
 * HTTP: the REST API, health, and the door of the built-in forge. Thin: parse, call, render.
 *
 * <p>May use: review, drift and everything below them.
 */
@NullMarked
package dev.plumbline.web;

import org.jspecify.annotations.NullMarked;
