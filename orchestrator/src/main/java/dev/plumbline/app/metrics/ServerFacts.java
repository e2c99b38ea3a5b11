package dev.plumbline.app.metrics;

import dev.plumbline.forge.hook.HookCount;
import dev.plumbline.forge.http.Budgets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the server knows of itself.
 *
 * @param version of the program
 * @param places how many plans and drift checks may run at the same time
 * @param remotes the repositories that live elsewhere, as server.yaml names them
 * @param webhooks how many deliveries of forges were answered so
 * @param budgets how many calls forges still take, of whoever they said that of by now
 * @param trouble why it can't do its work now; empty where it can
 */
public record ServerFacts(
        String version,
        Path home,
        int places,
        List<String> remotes,
        Map<HookCount, LongSupplier> webhooks,
        Supplier<Map<Budgets.Whose, Long>> budgets,
        Supplier<Optional<String>> trouble) {
    public ServerFacts {
        remotes = List.copyOf(remotes);
        webhooks = Map.copyOf(webhooks);
    }
}
