package dev.plumbline.app;

import dev.plumbline.access.Principal;
import dev.plumbline.access.Role;
import dev.plumbline.review.Change;
import dev.plumbline.review.Intent;
import dev.plumbline.run.Run;
import dev.plumbline.run.StateOrder;
import dev.plumbline.store.Subject;
import dev.plumbline.web.Views;
import java.util.Optional;

/** Something that was named to be acted on: exactly one of the three. */
sealed interface Target {
    /** Who has less may not touch it, whatever the action. */
    Role leastRole();

    /** As people know it. */
    String called();

    /** What moves when it is acted on, and is asked how that ended. */
    Subject subject();

    /** Why it is not for them: what was let in for one kind of target may still not be meant for another one. */
    default Optional<String> lacking(Views.Action action, Principal by) {
        Role needed = leastRole().covers(action.leastRole()) ? leastRole() : action.leastRole();
        return by.may(needed)
                ? Optional.empty()
                : Optional.of("to " + action.word() + " " + called() + " is not for you: " + by.lacks(needed) + " "
                        + needed.remedy());
    }

    /** What is applied is for those who may approve it. */
    record OnIntent(Intent intent) implements Target {
        @Override
        public Role leastRole() {
            return Role.APPROVE;
        }

        @Override
        public String called() {
            return intent.stack().toString();
        }

        @Override
        public Subject subject() {
            return intent.subject();
        }
    }

    /** Plans of what was pushed and not merged are for those who push. */
    record OnChange(Change change) implements Target {
        @Override
        public Role leastRole() {
            return Role.PUSH;
        }

        @Override
        public String called() {
            return change.id();
        }

        @Override
        public Subject subject() {
            return change.subject();
        }
    }

    record OnRun(Run run) implements Target {
        @Override
        public Role leastRole() {
            return switch (run.order().forWhom().kind()) {
                case StateOrder.SUBJECT -> Role.ADMIN;
                case "intent" -> Role.APPROVE;
                default -> Role.PUSH;
            };
        }

        @Override
        public String called() {
            return run.id().toString();
        }

        @Override
        public Subject subject() {
            return run.subject();
        }
    }
}
