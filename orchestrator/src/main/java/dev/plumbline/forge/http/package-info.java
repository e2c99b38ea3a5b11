/** Calls of a forge's HTTP API: time limits, sizes, pages of lists, and every failure as a value with its remedy. */
@NullMarked
package dev.plumbline.forge.http;

import org.jspecify.annotations.NullMarked;
