package dev.plumbline.localgitlab;

/**
 * Who has a name there.
 *
 * @param name what stands on pages
 * @param publicEmail the address that everybody may see; empty for none
 */
record Account(long id, String username, String name, String publicEmail) {}
