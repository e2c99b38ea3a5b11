package dev.plumbline.web.page;

import dev.plumbline.access.Principal;
import dev.plumbline.web.BadRequestException;
import dev.plumbline.web.Needs;
import dev.plumbline.web.Operations;
import dev.plumbline.web.Requester;
import dev.plumbline.web.Shield;
import dev.plumbline.web.Views;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;

/** What people do: first a page that names exactly what will happen, then doing it. */
final class ActRoutes {
    private static final int MOST_TARGETS = 1000;

    private final Operations operations;
    private final Templates templates;
    private final LoginRoutes.Shells shells;

    ActRoutes(Operations operations, Templates templates, LoginRoutes.Shells shells) {
        this.operations = operations;
        this.templates = templates;
        this.shells = shells;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/confirm", this::confirm, Needs.READ);
        routes.post("/act", this::act, Needs.READ);
    }

    private void confirm(Context context) {
        Views.Action action = action(context.queryParam("action"));
        String among = context.queryParam("among");
        List<String> names = among == null ? context.queryParams("target") : waiting(action, among);
        Shell shell = shells.of(context, ActionLink.label(action), "");
        Principal by = allowed(context, action);
        // Others may have been quicker: then none of a search waits any more.
        List<Views.Prospect> prospects =
                among != null && names.isEmpty() ? List.of() : operations.prospects(action, targets(names), by);
        String back = LoginRoutes.ownAddress(context.queryParam("back"));
        Shield.page(context, templates.fill("confirm", new ConfirmPage(shell, action, prospects, back)));
    }

    /** The stacks of a search that wait for that action, as many as one form takes. */
    private List<String> waiting(Views.Action action, String words) {
        return new StackSearch(words, "", 1)
                .byWords(operations.stacks()).stream()
                        .filter(stack -> StackSearch.asksFor(stack, action))
                        .map(Views.Stack::id)
                        .limit(MOST_TARGETS)
                        .toList();
    }

    private void act(Context context) {
        Forms.check(context);
        Views.Action action = action(context.formParam("action"));
        Views.Targets targets = targets(context.formParams("target"));
        Views.Acted acted = operations.act(action, targets, allowed(context, action));
        String back = LoginRoutes.ownAddress(context.formParam("back"));
        Shell shell = shells.of(context, ActionLink.label(action), "");
        Shield.page(context, templates.fill("acted", new ActedPage(shell, ActionLink.label(action), acted, back)));
    }

    /** Who asks, once their role is known to allow that on some target; whether on this one, the answer tells. */
    private static Principal allowed(Context context, Views.Action action) {
        Principal principal = Requester.of(context);
        if (!principal.may(action.leastRole())) {
            throw new BadRequestException(
                    403, principal.lacks(action.leastRole()), action.leastRole().remedy());
        }
        return principal;
    }

    private static Views.Action action(@org.jspecify.annotations.Nullable String word) {
        return Arrays.stream(Views.Action.values())
                .filter(action -> ActionLink.word(action).equals(word))
                .findFirst()
                .orElseThrow(() -> new BadRequestException(
                        400, "There is no such action.", "Go back, and use the buttons that the page shows."));
    }

    private static Views.Targets targets(List<String> names) {
        if (names.isEmpty() || names.size() > MOST_TARGETS || names.stream().anyMatch(String::isBlank)) {
            throw new BadRequestException(
                    400, "It is not clear what to act on.", "Go back, and use the buttons that the page shows.");
        }
        return new Views.Targets(List.copyOf(names), false);
    }
}
