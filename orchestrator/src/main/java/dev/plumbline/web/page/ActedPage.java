package dev.plumbline.web.page;

import dev.plumbline.web.Views;

/** What was started, and what was refused and why. */
public record ActedPage(Shell shell, String label, Views.Acted acted, String back) {}
