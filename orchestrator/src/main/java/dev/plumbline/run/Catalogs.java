package dev.plumbline.run;

import dev.plumbline.git.GitException;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import dev.plumbline.git.SourceTree;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackCatalogReader;
import java.util.List;

/** The catalog of any tree of any repository on this server. */
public final class Catalogs {
    private final Mirrors mirrors;
    private final StackCatalogReader reader;

    public Catalogs(Mirrors mirrors, StackCatalogReader reader) {
        this.mirrors = mirrors;
        this.reader = reader;
    }

    /** All repositories on this server. */
    public List<String> repositories() {
        return mirrors.names();
    }

    /** The repository's mirror, which must be there. */
    public Mirror mirror(String repository) {
        return mirrors.find(repository)
                .orElseThrow(() -> new GitException("the repository " + repository + " is not on this server"));
    }

    /** The files of a tree. */
    public SourceTree tree(String repository, String treeId) {
        return mirror(repository).treeById(treeId);
    }

    /** The stacks of a tree. */
    public StackCatalog of(String repository, String treeId) {
        return reader.read(repository, tree(repository, treeId));
    }
}
