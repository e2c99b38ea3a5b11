/**
 * Who somebody is and what they may do: roles, and the people and programs that hold them.
 *
 * <p>May use: secret, store.
 */
@NullMarked
package dev.plumbline.access;

import org.jspecify.annotations.NullMarked;
