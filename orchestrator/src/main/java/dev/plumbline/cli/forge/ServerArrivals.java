package dev.plumbline.cli.forge;

import dev.plumbline.cli.ApiClient;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
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
    private static final Pattern COUNT = Pattern.compile(
            "(?m)^plumbline_webhooks_total\\{answer=\"(?<answer>[a-z_]+)\",forge=\"(?<forge>[^\"]*)\"} (?<count>\\S+)");

    private final CliContext context;

    ServerArrivals(CliContext context) {
        this.context = context;
    }

    @Override
    public Told of(String forge) {
        try {
            return new Told.Counts(read(forge, new ApiClient(context).metrics()));
        } catch (CliException failed) {
            return new Told.Silent(String.valueOf(failed.getMessage()), failed.next());
        }
    }

    private static Map<HookAnswer, Long> read(String forge, String metrics) {
        Map<HookAnswer, Long> counts = new EnumMap<>(HookAnswer.class);
        Matcher line = COUNT.matcher(metrics);
        while (line.find()) {
            HookAnswer answer = HookAnswer.valueOf(line.group("answer").toUpperCase(Locale.ROOT));
            // A forge that the server doesn't know is counted with nobody's.
            boolean nobody =
                    answer == HookAnswer.NO_SUCH_FORGE && line.group("forge").equals(HookCount.NOBODY);
            if (nobody || line.group("forge").equals(forge)) {
                counts.merge(answer, (long) Double.parseDouble(line.group("count")), Long::sum);
            }
        }
        return counts;
    }

    @Override
    public void pause() {
        context.pace().await(PAUSE);
    }
}
