package dev.plumbline.forge;

import java.util.Optional;
import java.util.SortedMap;

/** What a look at a remote gave. */
public sealed interface Look {

    /**
     * @param heads branches by name, with the object ids they point to
     * @param defaultBranch what the forge calls its default, perhaps a branch that isn't there; empty where it doesn't say
     */
    record Seen(SortedMap<String, String> heads, Optional<String> defaultBranch) implements Look {}

    /** Nothing was seen. */
    record Failed(Trouble trouble) implements Look {}
}
