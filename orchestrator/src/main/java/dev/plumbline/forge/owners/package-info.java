/**
 * CODEOWNERS as each forge reads it: who owns which paths, and whose approval a change of them needs. Pure: text in, answers out.
 *
 * <p>May use: nothing of Plumbline.
 */
@NullMarked
package dev.plumbline.forge.owners;

import org.jspecify.annotations.NullMarked;
