/** Whether a forge lets us do what Plumbline needs, and whether what it sends arrives: how to ask, and what to mend. */
@NullMarked
package dev.plumbline.forge.inspect;

import org.jspecify.annotations.NullMarked;
