/**
 * What {@code plumbline benchmark} measures: a real server, the real {@code git} and bare Terraform on generated
 * repositories, one after the other in the same run.
 */
@NullMarked
package dev.plumbline.app.benchmark;

import org.jspecify.annotations.NullMarked;
