package dev.plumbline.localgithub;

import java.util.Optional;

/**
 * Who calls, and with what.
 *
 * @param app the App, where it is one: as itself with its key, or as one of its installations
 * @param owner the account on which the App is installed whose token this is; empty for people, and for an App as itself
 * @param budget what its calls are counted under
 */
record Caller(Account account, Grants grants, Optional<App> app, Optional<String> owner, String budget) {

    /** Whether it is an App that has shown its key, and acts for no installation. */
    boolean keyHolder() {
        return app.isPresent() && owner.isEmpty();
    }

    boolean person() {
        return app.isEmpty();
    }
}
