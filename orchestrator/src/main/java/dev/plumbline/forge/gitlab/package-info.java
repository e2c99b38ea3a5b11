/** GitLab, on gitlab.com and self-managed: the part of its REST API that Plumbline needs. */
@NullMarked
package dev.plumbline.forge.gitlab;

import org.jspecify.annotations.NullMarked;
