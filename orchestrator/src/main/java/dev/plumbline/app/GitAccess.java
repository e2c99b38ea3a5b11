package dev.plumbline.app;

import dev.plumbline.access.Principal;
import dev.plumbline.access.Role;
import dev.plumbline.access.TokenCheck;
import dev.plumbline.access.TokenVerdict;
import dev.plumbline.git.server.AccessCheck;

/** Opens the built-in forge to those who hold a token: reading it to clone and fetch, pushing to push. */
final class GitAccess implements AccessCheck {
    private final TokenCheck tokens;

    GitAccess(TokenCheck tokens) {
        this.tokens = tokens;
    }

    @Override
    public Answer check(String user, String password, String repository, Wish wish) {
        TokenVerdict verdict = tokens.check(password);
        if (verdict instanceof TokenVerdict.Held held) {
            return answer(held.holder(), wish == Wish.PUSH ? Role.PUSH : Role.READ);
        }
        TokenVerdict.TurnedAway turned = (TokenVerdict.TurnedAway) verdict;
        return new Answer.Unknown(turned.error() + " " + turned.next());
    }

    private static Answer answer(Principal holder, Role asked) {
        return holder.may(asked)
                ? new Answer.Allowed(holder.name())
                : new Answer.Forbidden(holder.lacks(asked) + " " + asked.remedy());
    }
}
