/** Where forges say that something happened. What they say is a hint: it only makes the next look at the forge come sooner. */
@NullMarked
package dev.plumbline.forge.hook;

import org.jspecify.annotations.NullMarked;
