/**
 * The story that {@code plumbline demo} tells: chapters played on a stage with a real server, the real {@code git} and the
 * program's own commands. What a chapter says is checked as it is said.
 */
@NullMarked
package dev.plumbline.app.demo;

import org.jspecify.annotations.NullMarked;
