package dev.plumbline.localgitlab;

/** What an account may do in a project. */
final class Rights {
    private final World world;

    Rights(World world) {
        this.world = world;
    }

    /** The one that the path names; to whoever may not see it, there is none. */
    Project project(Call call) {
        Project project = world.project(call.at("id"));
        if (!sees(call.caller(), project)) {
            throw Refusals.notFound("Project");
        }
        return project;
    }

    boolean sees(Account account, Project project) {
        return project.open() || world.level(project, account).atLeast(Level.REPORTER);
    }

    boolean is(Account account, Project project, Level least) {
        return world.level(project, account).atLeast(least);
    }

    void atLeast(Call call, Project project, Level least) {
        if (!is(call.caller(), project, least)) {
            throw Refusals.forbidden();
        }
    }

    /** Into a protected branch only maintainers merge, and only they tell of its commits. */
    boolean changes(Account account, Project project, String branch) {
        return is(account, project, project.isProtected(branch) ? Level.MAINTAINER : Level.DEVELOPER);
    }
}
