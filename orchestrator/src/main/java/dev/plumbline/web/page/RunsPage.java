package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.List;

/**
 * The newest runs.
 *
 * @param stack only of that one; empty for all
 */
public record RunsPage(Shell shell, String stack, List<Views.Run> runs, boolean more) {}
