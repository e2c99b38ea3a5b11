package dev.plumbline.web;

import dev.plumbline.access.Role;
import java.util.Optional;

/**
 * Something that the web server answers.
 *
 * @param method such as {@code GET}
 * @param path as in the API's document: {@code /api/v1/runs/{number}}
 * @param leastRole who has it, or a higher one, is let in; empty where nobody is asked who they are
 */
public record Route(String method, String path, Optional<Role> leastRole) {
    @Override
    public String toString() {
        return method + " " + path;
    }
}
