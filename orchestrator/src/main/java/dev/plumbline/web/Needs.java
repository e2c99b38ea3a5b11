package dev.plumbline.web;

import dev.plumbline.access.Role;
import io.javalin.security.RouteRole;

/**
 * The least role that a route asks for; each route names one.
 *
 * @param role who has it, or a higher one, is let in
 */
public record Needs(Role role) implements RouteRole {
    public static final Needs READ = new Needs(Role.READ);
    public static final Needs PUSH = new Needs(Role.PUSH);
    public static final Needs APPROVE = new Needs(Role.APPROVE);
    public static final Needs ADMIN = new Needs(Role.ADMIN);
}
