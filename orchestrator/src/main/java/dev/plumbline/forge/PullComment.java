package dev.plumbline.forge;

import java.time.Instant;

/**
 * Something said on a pull request.
 *
 * @param id the forge's own, unique in a repository
 * @param author a login
 * @param bot whether its author is a program, as far as the forge says so
 * @param edited whether it said something else before
 * @param at when it was first said
 */
public record PullComment(long id, long pull, String author, boolean bot, boolean edited, String text, Instant at) {}
