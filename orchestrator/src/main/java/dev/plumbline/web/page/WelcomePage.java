package dev.plumbline.web.page;

/** Stands for a moment after a login link was used: from here on the browser sends the new cookie. */
public record WelcomePage(Shell shell) {}
