package dev.plumbline.cli.forge;

import dev.plumbline.cli.ApiClient;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.hook.HookAnswer;
import dev.plumbline.forge.hook.HookCount;
import dev.plumbline.forge.inspect.Arrivals;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Deliveries as the server that runs counts them in its metrics. */
final class ServerArrivals implements Arrivals {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Pattern COUNT =
            Pattern.compile("(?m)^plumbline_webhooks_total\\{answer=\"(?<answer>[a-z_]+)\","
                    + "forge=\"(?<forge>[^\"]*)\",repository=\"(?<repository>[^\"]*)\"} (?<count>\\S+)");

    private final CliContext context;

    ServerArrivals(CliContext context) {
        this.context = context;
    }

    @Override
    public Told of(Remote remote) {
        try {
            return read(remote, new ApiClient(context).metrics());
        } catch (CliException failed) {
            return new Told.Silent(String.valueOf(failed.getMessage()), failed.next());
        }
    }

    private static Told.Counts read(Remote remote, String metrics) {
        Map<HookAnswer, Long> known = new EnumMap<>(HookAnswer.class);
        Map<HookAnswer, Long> stray = new EnumMap<>(HookAnswer.class);
        Matcher line = COUNT.matcher(metrics);
        while (line.find()) {
            HookAnswer answer = HookAnswer.valueOf(line.group("answer").toUpperCase(Locale.ROOT));
            String forge = line.group("forge");
            // A forge that the server doesn't know is counted with nobody's.
            boolean ofForge = forge.equals(remote.forge().name())
                    || answer == HookAnswer.NO_SUCH_FORGE && forge.equals(HookCount.NOBODY);
            String repository = line.group("repository");
            if (ofForge && (repository.equals(remote.repository()) || repository.equals(HookCount.NOBODY))) {
                (repository.equals(HookCount.NOBODY) ? stray : known)
                        .merge(answer, (long) Double.parseDouble(line.group("count")), Long::sum);
            }
        }
        return new Told.Counts(known, stray);
    }

    @Override
    public void pause() {
        context.pace().await(PAUSE);
    }
}
