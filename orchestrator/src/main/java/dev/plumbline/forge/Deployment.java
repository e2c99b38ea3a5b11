package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;

/**
 * A stack was applied, or was meant to be; forges keep a page and badges of that.
 *
 * @param environment the stack's folder
 * @param description one line
 * @param url what a click on it opens; empty for nothing
 */
public record Deployment(CommitSha commit, String environment, boolean applied, String description, String url) {}
