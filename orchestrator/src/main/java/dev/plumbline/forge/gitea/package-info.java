/** Gitea and Forgejo: the part of their API that Plumbline needs. */
@NullMarked
package dev.plumbline.forge.gitea;

import org.jspecify.annotations.NullMarked;
