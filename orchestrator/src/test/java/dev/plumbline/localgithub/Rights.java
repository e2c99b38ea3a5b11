package dev.plumbline.localgithub;

import dev.plumbline.localforge.Refusal;

/** What a caller may do in a repository, beyond what the token's permissions say. */
final class Rights {
    private final World world;

    Rights(World world) {
        this.world = world;
    }

    /** The one that the path names; to whoever may not see it, there is none. */
    Repository repository(Call call) {
        Repository repository = world.repository(call.at("owner") + "/" + call.at("repo"));
        if (!sees(call.caller(), repository)) {
            throw Refusal.notFound();
        }
        return repository;
    }

    boolean sees(Caller caller, Repository repository) {
        return repository.open()
                || installed(caller, repository)
                || repository.role(caller.account()).atLeast(Role.READ);
    }

    /** Whether it is an App that is installed where the repository is. */
    boolean installed(Caller caller, Repository repository) {
        return caller.owner().filter(repository.owner().login()::equals).isPresent();
    }

    /** An App that is installed there needs nothing but its permissions. */
    void atLeast(Call call, Repository repository, Role least) {
        if (!installed(call.caller(), repository)
                && !repository.role(call.caller().account()).atLeast(least)) {
            throw new Refusal(403, "Must have " + least.word() + " access to the repository.");
        }
    }

    /** Whoever wrote something may change it, and so may those who can write to the repository. */
    void mayWrite(Call call, Repository repository, Account author) {
        if (!call.caller().account().equals(author)) {
            atLeast(call, repository, Role.WRITE);
        }
    }
}
