package dev.plumbline.stack;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.StackConfig;
import dev.plumbline.git.SourceTree;
import dev.plumbline.hcl.Dialect;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads catalogs, and remembers by Git's object ids what earlier trees had in common with the next one. Safe for threads.
 */
public final class StackCatalogReader {
    private static final int FOLDERS = 50_000;
    private static final int CATALOGS = 16;

    private final List<Path> localBackends;
    private final Dialect standard;
    private final ContentCache<List<String>, FolderCode> codes = new ContentCache<>(FOLDERS);
    private final ContentCache<List<String>, ConfigFile<StackConfig>> stackConfigs = new ContentCache<>(FOLDERS);
    private final ContentCache<List<String>, StackCatalog> catalogs = new ContentCache<>(CATALOGS);

    private final CatalogUpdate.Recent recent = new CatalogUpdate.Recent();

    /** Reads the code of stacks that name no program as OpenTofu would, which is as Terraform where there are no {@code .tofu} files. */
    public StackCatalogReader(List<Path> localBackends) {
        this(localBackends, Dialect.OPENTOFU);
    }

    /**
     * @param localBackends folders below which an explicit {@code local} backend may keep its state
     * @param standard the dialect of stacks that name no program
     */
    public StackCatalogReader(List<Path> localBackends, Dialect standard) {
        this.localBackends = List.copyOf(localBackends);
        this.standard = standard;
    }

    /**
     * Reads one tree.
     *
     * @param repository its name, as it stands in the stacks' ids
     */
    public StackCatalog read(String repository, SourceTree tree) {
        return catalogs.get(List.of(repository, tree.id()), () -> {
            StackCatalog catalog = recent.update(repository, tree, codes)
                    .orElseGet(() ->
                            new CatalogBuilder(repository, tree, codes, stackConfigs, localBackends, standard).build());
            recent.add(catalog, tree);
            return catalog;
        });
    }
}
