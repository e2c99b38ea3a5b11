package dev.plumbline.web.page;

import dev.plumbline.web.Views;

/** What is wrong, and what to do about it. */
public record ErrorPage(Shell shell, int status, Views.Problem problem) {}
