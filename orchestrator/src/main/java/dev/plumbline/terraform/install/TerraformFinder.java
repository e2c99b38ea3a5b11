package dev.plumbline.terraform.install;

import dev.plumbline.process.CommandRunner;
import dev.plumbline.process.SearchPath;
import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.TerraformBinary.Product;
import dev.plumbline.terraform.TerraformVersion;
import dev.plumbline.terraform.WantedVersion;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds programs: for stacks that name no version the configured one, else the one on the search path, else a pinned release;
 * for those that do, whatever fits of what is here, else a release. Releases are downloaded once and kept below
 * {@code home/terraform} and {@code home/tofu}.
 *
 * <p>Safe for use by several threads and several servers on one home.
 */
public final class TerraformFinder {
    /** The release that is downloaded where none is installed. */
    public static final TerraformVersion PINNED = new TerraformVersion(1, 11, 4, "");

    private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(10);

    private final SearchPath searchPath;
    private final SortedMap<String, Path> local;
    private final Installation terraform;
    private final Installation tofu;
    private final VersionProbe probe;

    /**
     * @param home the server's home
     * @param local {@code 1.10.5} or {@code tofu:1.10.10} → a program that is here already
     * @param terraformSite where Terraform is downloaded from
     * @param tofuSite where OpenTofu is
     */
    public TerraformFinder(
            Path home,
            SearchPath searchPath,
            SortedMap<String, Path> local,
            ReleaseSite terraformSite,
            ReleaseSite tofuSite,
            HttpClient http,
            CommandRunner runner) {
        this.searchPath = searchPath;
        this.local = Collections.unmodifiableSortedMap(new TreeMap<>(local));
        this.terraform =
                new Installation(home, terraformSite, new ReleaseDownload(http, terraformSite, DOWNLOAD_LIMIT));
        this.tofu = new Installation(home, tofuSite, new ReleaseDownload(http, tofuSite, DOWNLOAD_LIMIT));
        this.probe = new VersionProbe(runner);
    }

    /**
     * The program of stacks that name no version.
     *
     * @param configured the only one that may be used, where given
     */
    public FinderOutcome standard(Optional<Path> configured) throws InterruptedException {
        try {
            Installation.makeFolder(terraform.folder());
            if (configured.isPresent()) {
                Path program = configured.get().toAbsolutePath();
                VersionProbe.Answer answer = probe(program);
                return answer.binary()
                        .<FinderOutcome>map(FinderOutcome.Found::new)
                        .orElseGet(() -> new FinderOutcome.NotFound(
                                "The configured Terraform " + answer.fault(),
                                program.toString(),
                                "Correct terraform.path in the server's configuration"));
            }
            Optional<TerraformBinary> onPath = onPath(Product.TERRAFORM).or(() -> onPath(Product.TOFU));
            return onPath.isPresent()
                    ? new FinderOutcome.Found(onPath.get())
                    : brokenOnPath(installed(Product.TERRAFORM, PINNED));
        } catch (IOException e) {
            return unusable(Product.TERRAFORM, e);
        }
    }

    /** The programs of the server's configuration, each asked whether it is what is said of it. */
    public List<FinderOutcome> configured() throws IOException {
        Installation.makeFolder(terraform.folder());
        return local.keySet().stream().map(this::configured).toList();
    }

    /** The releases that were downloaded into a home before, as {@code 1.11.4} or {@code tofu:1.10.10}; the newest first. */
    public static List<String> downloaded(Path home) throws IOException {
        List<String> names = new ArrayList<>();
        for (Product product : Product.values()) {
            Installation.versions(home, product)
                    .forEach(version -> names.add((product == Product.TOFU ? "tofu:" : "") + version));
        }
        return names;
    }

    /**
     * A program that fits a stack's wish without a download: the standard one, one of the server's configuration, one on the
     * search path, the newest that was downloaded before, in this order.
     *
     * @param standard {@link #standard}'s
     */
    public Optional<FinderOutcome> here(WantedVersion wanted, TerraformBinary standard) {
        if (wanted.fits(standard)) {
            return Optional.of(new FinderOutcome.Found(standard));
        }
        Optional<String> named = local.keySet().stream()
                .filter(name -> fits(wanted, name))
                .max(Comparator.comparing(name -> TerraformVersion.of(name.replaceFirst("^tofu:", ""))));
        if (named.isPresent()) {
            return Optional.of(configured(named.get()));
        }
        Optional<TerraformBinary> onPath = onPath(wanted.product()).filter(wanted::fits);
        if (onPath.isPresent()) {
            return onPath.map(FinderOutcome.Found::new);
        }
        try {
            Installation installation = installation(wanted.product());
            for (TerraformVersion version : installation.versions()) {
                if (wanted.fits(version)) {
                    return Optional.of(installed(wanted.product(), version));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(unusable(wanted.product(), e));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** As {@link #here}, else a release: the version that is named, else the newest that fits. */
    public FinderOutcome wanted(WantedVersion wanted, TerraformBinary standard) throws InterruptedException {
        Optional<FinderOutcome> here = here(wanted, standard);
        if (here.isPresent()) {
            return here.get();
        }
        Optional<TerraformVersion> exact = wanted.exact();
        if (exact.isPresent()) {
            return installed(wanted.product(), exact.get());
        }
        if (wanted.product() == Product.TERRAFORM && wanted.fits(PINNED)) {
            return installed(Product.TERRAFORM, PINNED);
        }
        try {
            Optional<TerraformVersion> newest = installation(wanted.product()).offered().stream()
                    .filter(wanted::fits)
                    .max(Comparator.naturalOrder());
            return newest.isPresent()
                    ? installed(wanted.product(), newest.get())
                    : new FinderOutcome.NotFound(
                            "No release of " + wanted + " is here or published",
                            "terraform: in stack.yaml or plumbline.yaml",
                            "Correct the constraint");
        } catch (IOException e) {
            return unusable(wanted.product(), e);
        } catch (InstallException e) {
            return missing(wanted.toString(), e);
        }
    }

    private static boolean fits(WantedVersion wanted, String name) {
        boolean isTofu = name.startsWith("tofu:");
        return isTofu == (wanted.product() == Product.TOFU)
                && wanted.fits(TerraformVersion.of(isTofu ? name.substring("tofu:".length()) : name));
    }

    /** The server's configuration says what it is; asked all the same, since a plan is read by its version. */
    private FinderOutcome configured(String name) {
        Path program = java.util.Objects.requireNonNull(local.get(name));
        VersionProbe.Answer answer = probe(program);
        Optional<TerraformBinary> binary = answer.binary();
        if (binary.filter(found -> found.name().equals(name)).isPresent()) {
            return new FinderOutcome.Found(binary.get());
        }
        return new FinderOutcome.NotFound(
                "terraform.versions of the server's configuration says that this program is " + name + ", but it "
                        + binary.map(found -> "is " + found.name()).orElse(answer.fault()),
                program.toString(),
                "Correct the path or the version in the server's configuration");
    }

    /** Where nothing else was found either, what is wrong with the one on the search path is the news. */
    private FinderOutcome brokenOnPath(FinderOutcome instead) {
        Optional<Path> there = searchPath.find(Product.TERRAFORM.program());
        return !(instead instanceof FinderOutcome.NotFound none) || there.isEmpty()
                ? instead
                : new FinderOutcome.NotFound(
                        "The terraform on PATH " + probe(there.get()).fault(),
                        there.get().toString(),
                        "Mend or replace it. " + none.what() + " either");
    }

    private Optional<TerraformBinary> onPath(Product product) {
        return searchPath.find(product.program()).flatMap(this::probed).filter(binary -> binary.product() == product);
    }

    private Optional<TerraformBinary> probed(Path program) {
        return probe(program).binary();
    }

    private VersionProbe.Answer probe(Path program) {
        return probe.probe(program, terraform.folder());
    }

    private Installation installation(Product product) {
        return product == Product.TOFU ? tofu : terraform;
    }

    private FinderOutcome installed(Product product, TerraformVersion version) throws InterruptedException {
        try {
            Path program = installation(product).require(version);
            return probed(program)
                    .<FinderOutcome>map(FinderOutcome.Found::new)
                    .orElseGet(() -> new FinderOutcome.NotFound(
                            "The downloaded " + product.title() + " does not run on this machine",
                            program.toString(),
                            "Install " + product.title() + " by hand, put it on PATH, and delete that folder"));
        } catch (IOException e) {
            return unusable(product, e);
        } catch (InstallException e) {
            return missing(product.title() + " " + version, e);
        }
    }

    private static FinderOutcome missing(String what, InstallException cause) {
        return new FinderOutcome.NotFound(
                what + " is not on this machine and can't be downloaded: " + cause.getMessage(),
                cause.where(),
                "Install it and name it in the server's terraform.versions or put it on PATH, or correct the mirror's"
                        + " address or the network");
    }

    private FinderOutcome unusable(Product product, IOException cause) {
        return new FinderOutcome.NotFound(
                product.title() + " can't be kept there: " + cause.getMessage(),
                installation(product).folder().toString(),
                "Check the folder's owner and the disk's space");
    }
}
