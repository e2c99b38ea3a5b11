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

    /** This runs the stack. */
    public record Chosen(TerraformCli cli) implements Choice {}

    /** Nothing may run it; says what, where, and what to do. */
    public record Refused(String reason) implements Choice {}

    /** That of stacks that name no version. */
    public TerraformCli standard() {
        return standard;
    }

    /** The program for a stack; downloads it where it is not here. */
    public Choice choose(Wish wish) throws InterruptedException {
        Optional<FinderOutcome> known = known(wish);
        return judged(
                wish,
                known.isPresent() ? known.get() : finder.wanted(wish.wanted().orElseThrow(), standard.binary()));
    }

    /** As {@link #choose}, for whoever can't wait for a download; empty where one is needed. */
    public Optional<Choice> here(Wish wish) {
        return known(wish)
                .or(() -> finder.here(wish.wanted().orElseThrow(), standard.binary()))
                .map(outcome -> judged(wish, outcome));
    }

    private Optional<FinderOutcome> known(Wish wish) {
        return wish.wanted().isEmpty()
                ? Optional.of(new FinderOutcome.Found(standard.binary()))
                : Optional.ofNullable(known.get(wish.wanted().get())).map(FinderOutcome.Found::new);
    }

    /** Only what was found is remembered: what is missing now may be installed in a minute. */
    private Choice judged(Wish wish, FinderOutcome outcome) {
        if (outcome instanceof FinderOutcome.NotFound why) {
            return new Refused(why.what() + " (" + why.where() + "). " + why.next());
        }
        TerraformBinary binary = ((FinderOutcome.Found) outcome).binary();
        wish.wanted().ifPresent(wanted -> known.put(wanted, binary));
        return wish.refusal(binary).<Choice>map(Refused::new).orElseGet(() -> new Chosen(cli(runs, binary)));
    }

    /**
     * The {@link TerraformBinary#name} of a stack's program, as far as it is known without a download; else the wish itself, which
     * is no program's name.
     */
    public String nameFor(Wish wish) {
        return here(wish)
                .filter(Chosen.class::isInstance)
                .map(choice -> ((Chosen) choice).cli().binary().name())
                .orElseGet(() -> wish.wanted().map(WantedVersion::toString).orElse("none") + " (not here)");
    }

    /** One that was used in this process, or the standard one, by its {@link TerraformBinary#name}. */
    public Optional<TerraformCli> named(String name) {
        return Optional.ofNullable(clis.get(name));
    }
}
