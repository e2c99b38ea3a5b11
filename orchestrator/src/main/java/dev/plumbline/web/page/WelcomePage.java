package dev.plumbline.web.page;

import dev.plumbline.access.Principal;

/**
 * What a login link leads to: one button, which uses the link up.
 *
 * @param holder whom it logs in
 */
public record WelcomePage(Shell shell, Principal holder, String code) {}
