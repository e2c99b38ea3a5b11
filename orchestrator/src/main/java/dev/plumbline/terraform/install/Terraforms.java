package dev.plumbline.terraform.install;

import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.WantedVersion;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The Terraforms and OpenTofus of one server, each found once: which one a stack gets.
 *
 * <p>Safe for use by several threads.
 */
public final class Terraforms {
    private final TerraformFinder finder;
    private final TerraformCli standard;
    private final Function<TerraformBinary, TerraformCli> runs;
    private final Map<WantedVersion, TerraformBinary> known = new ConcurrentHashMap<>();
    private final Map<String, TerraformCli> clis = new ConcurrentHashMap<>();

    /**
     * @param standard the program of stacks that name no version
     * @param runs makes what runs a program
     */
    public Terraforms(TerraformFinder finder, TerraformBinary standard, Function<TerraformBinary, TerraformCli> runs) {
        this.finder = finder;
        this.runs = runs;
        this.standard = cli(runs, standard);
    }

    private TerraformCli cli(Function<TerraformBinary, TerraformCli> made, TerraformBinary binary) {
        return clis.computeIfAbsent(binary.name(), name -> made.apply(binary));
    }

    /** What came of a wish. */
    public sealed interface Choice {}

    /** Runs it. */
    public record Chosen(TerraformCli cli) implements Choice {}

    /** It can't be had. */
    public record Missing(FinderOutcome.NotFound why) implements Choice {}

    /** That of stacks that name no version. */
    public TerraformCli standard() {
        return standard;
    }

    /**
     * The program for a stack; downloads it where it is not here.
     *
     * @param wanted empty means the standard one
     */
    public Choice choose(Optional<WantedVersion> wanted) throws InterruptedException {
        if (wanted.isEmpty()) {
            return new Chosen(standard);
        }
        TerraformBinary found = known.get(wanted.get());
        return found != null
                ? new Chosen(cli(runs, found))
                : remembered(wanted.get(), finder.wanted(wanted.get(), standard.binary()));
    }

    /** As {@link #choose}, for whoever can't wait for a download; empty where one is needed. */
    public Optional<Choice> here(Optional<WantedVersion> wanted) {
        if (wanted.isEmpty()) {
            return Optional.of(new Chosen(standard));
        }
        TerraformBinary found = known.get(wanted.get());
        return found != null
                ? Optional.of(new Chosen(cli(runs, found)))
                : finder.here(wanted.get(), standard.binary()).map(outcome -> remembered(wanted.get(), outcome));
    }

    /** Only what was found: what is missing now may be installed in a minute. */
    private Choice remembered(WantedVersion wanted, FinderOutcome outcome) {
        if (outcome instanceof FinderOutcome.Found found) {
            known.put(wanted, found.binary());
            return new Chosen(cli(runs, found.binary()));
        }
        return new Missing((FinderOutcome.NotFound) outcome);
    }

    /**
     * What {@link TerraformBinary#name} of a stack's program is, as far as is known without a download; else its wish, which is
     * equal to no program's name.
     */
    public String nameFor(Optional<WantedVersion> wanted) {
        return here(wanted)
                .filter(Chosen.class::isInstance)
                .map(choice -> ((Chosen) choice).cli().binary().name())
                .orElseGet(() -> wanted.map(WantedVersion::toString).orElse("") + " (not here yet)");
    }

    /** One that was used in this process, or the standard one, by its {@link TerraformBinary#name}. */
    public Optional<TerraformCli> named(String name) {
        return Optional.ofNullable(clis.get(name));
    }
}
