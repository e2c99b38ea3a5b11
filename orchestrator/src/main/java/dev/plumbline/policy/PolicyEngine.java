package dev.plumbline.policy;

import dev.plumbline.git.SourceTree;
import dev.plumbline.stack.ContentCache;

/** Gives the policies of trees, and remembers them: the front door of this package. Safe for threads. */
public final class PolicyEngine {
    private static final int FOLDERS = 64;

    private final ContentCache<String, Policies> known = new ContentCache<>(FOLDERS);

    /** Those that stand in a tree; broken ones are named among their problems, never left out. */
    public Policies in(SourceTree tree) {
        // What is no folder has no id: a link, or a submodule, or nothing at all.
        return tree.folderId(PolicyReader.FOLDER)
                .map(id -> known.get(id, () -> new PolicyReader(tree).read(id)))
                .orElseGet(() -> new PolicyReader(tree).read(""));
    }
}
