package dev.plumbline.stack;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.StackConfig;
import dev.plumbline.git.SourceTree;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads catalogs, and remembers by Git's object ids what earlier trees had in common with the next one. Safe for threads.
 */
public final class StackCatalogReader {
    private static final int FOLDERS = 50_000;
    private static final int CATALOGS = 16;

    private final List<Path> localBackends;
    private final ContentCache<List<String>, FolderCode> codes = new ContentCache<>(FOLDERS);
    private final ContentCache<List<String>, ConfigFile<StackConfig>> stackConfigs = new ContentCache<>(FOLDERS);
    private final ContentCache<List<String>, StackCatalog> catalogs = new ContentCache<>(CATALOGS);

    private final CatalogUpdate.Recent recent = new CatalogUpdate.Recent();

    /** @param localBackends folders below which an explicit {@code local} backend may keep its state */
    public StackCatalogReader(List<Path> localBackends) {
        this.localBackends = List.copyOf(localBackends);
    }

    /**
     * Reads one tree.
     *
     * @param repository its name, as it stands in the stacks' ids
     */
    public StackCatalog read(String repository, SourceTree tree) {
        return catalogs.get(List.of(repository, tree.id()), () -> {
            StackCatalog catalog = recent.update(repository, tree, codes)
                    .orElseGet(() -> new CatalogBuilder(repository, tree, codes, stackConfigs, localBackends).build());
            recent.add(catalog, tree);
            return catalog;
        });
    }
}
