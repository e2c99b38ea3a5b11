/**
 * Pages for people: what commands show and do, in a browser. Thin: they ask {@link dev.plumbline.web.Operations} and fill
 * templates ({@code src/main/jte}), which escape whatever comes from repositories.
 *
 * <p>May use: what {@code web} may.
 */
@NullMarked
package dev.plumbline.web.page;

import org.jspecify.annotations.NullMarked;
