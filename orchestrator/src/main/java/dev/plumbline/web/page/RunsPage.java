package dev.plumbline.web.page;

import dev.plumbline.web.Views;

/**
 * The newest runs.
 *
 * @param stack only of that one; empty for all
 */
public record RunsPage(Shell shell, String stack, Newest<Views.Run> runs) {}
