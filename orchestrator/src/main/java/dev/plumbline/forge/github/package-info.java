/** GitHub and GitHub Enterprise Server: the part of their API that Plumbline needs, spoken as an App or with a token. */
@NullMarked
package dev.plumbline.forge.github;

import org.jspecify.annotations.NullMarked;
