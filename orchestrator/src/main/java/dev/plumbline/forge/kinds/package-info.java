/** Which forge is spoken with how; may use every kind of forge. */
@NullMarked
package dev.plumbline.forge.kinds;

import org.jspecify.annotations.NullMarked;
