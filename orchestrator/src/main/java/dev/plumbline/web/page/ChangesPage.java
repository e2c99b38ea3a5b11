package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.List;

/** @param all whether merged and closed ones are listed too */
public record ChangesPage(Shell shell, boolean all, List<Views.Change> changes) {}
