package dev.plumbline.web.page;

import dev.plumbline.web.Views;

/** @param all whether merged and closed ones are listed too */
public record ChangesPage(Shell shell, boolean all, Newest<Views.Change> changes) {}
