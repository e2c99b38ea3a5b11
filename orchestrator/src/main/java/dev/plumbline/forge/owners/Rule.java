package dev.plumbline.forge.owners;

import java.util.Set;

/**
 * One line that gives paths to owners.
 *
 * @param owners empty where it takes them away
 */
record Rule(int line, PathPattern pattern, Set<Owner> owners) {}
