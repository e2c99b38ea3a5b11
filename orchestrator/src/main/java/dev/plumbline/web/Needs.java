package dev.plumbline.web;

import dev.plumbline.access.Role;
import io.javalin.security.RouteRole;

/**
 * The least role that a route asks for; each route names one.
 *
 * @param role who has it, or a higher one, is let in
 */
record Needs(Role role) implements RouteRole {
    static final Needs READ = new Needs(Role.READ);
    static final Needs PUSH = new Needs(Role.PUSH);
    static final Needs APPROVE = new Needs(Role.APPROVE);
    static final Needs ADMIN = new Needs(Role.ADMIN);
}
