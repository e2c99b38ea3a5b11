package dev.plumbline.web;

import dev.plumbline.access.Principal;
import dev.plumbline.access.Token;
import dev.plumbline.access.TokenCreation;
import dev.plumbline.access.TokenRequest;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;

/** Who somebody is, and the tokens by which the server knows them. */
final class TokenRoutes {
    private final Operations operations;
    private final ApiJson json;
    private final RequestReader reader;

    TokenRoutes(Operations operations, ApiJson json, RequestReader reader) {
        this.operations = operations;
        this.json = json;
        this.reader = reader;
    }

    void addTo(RoutesConfig routes, String base) {
        routes.get(base + "/whoami", this::whoami, Needs.READ);
        routes.get(base + "/tokens", this::list, Needs.ADMIN);
        routes.post(base + "/tokens", this::create, Needs.ADMIN);
        routes.delete(base + "/tokens/{name}", this::revoke, Needs.ADMIN);
    }

    private void whoami(Context context) {
        Principal principal = Requester.of(context);
        answer(context, 200, new Views.Whoami(principal.name(), principal.role().word()));
    }

    private void list(Context context) {
        boolean all = reader.flag(context, "all");
        List<Views.Token> tokens = operations.tokens().stream()
                .filter(token -> all || token.revokedAt() == null)
                .map(TokenRoutes::view)
                .toList();
        answer(context, 200, tokens);
    }

    private void create(Context context) {
        Views.TokenAsk ask = reader.token(context);
        TokenRequest request = new TokenRequest(
                Objects.requireNonNullElse(ask.name(), ""), Objects.requireNonNullElse(ask.role(), ""), ask.expires());
        TokenCreation creation = operations.createToken(request, Requester.of(context));
        if (creation instanceof TokenCreation.Created created) {
            answer(context, 201, new Views.NewToken(view(created.token()), created.secret()));
        } else {
            TokenCreation.Refused refused = (TokenCreation.Refused) creation;
            throw new BadRequestException(409, refused.error(), refused.next());
        }
    }

    private void revoke(Context context) {
        String name = context.pathParam("name");
        Token revoked = operations
                .revokeToken(name, Requester.of(context))
                .orElseThrow(() -> new BadRequestException(
                        404,
                        "There is no token '" + name + "' to revoke.",
                        "See 'plumbline token list' for those there are."));
        answer(context, 200, view(revoked));
    }

    private static Views.Token view(Token token) {
        return new Views.Token(
                token.name(),
                token.role().word(),
                token.state().word(),
                token.createdAt(),
                token.createdBy(),
                token.expiresAt(),
                token.revokedAt(),
                token.lastUsedAt());
    }

    private void answer(Context context, int status, Object value) {
        context.status(status).contentType("application/json").result(json.write(value));
    }
}
