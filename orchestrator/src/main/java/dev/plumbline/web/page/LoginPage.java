package dev.plumbline.web.page;

/**
 * The way in.
 *
 * @param next where to go afterwards, from the server's root on
 * @param refused why the last attempt failed; empty where there was none
 */
public record LoginPage(Shell shell, String next, String refused) {}
