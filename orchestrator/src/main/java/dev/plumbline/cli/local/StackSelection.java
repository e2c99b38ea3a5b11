package dev.plumbline.cli.local;

import dev.plumbline.cli.CliException;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which stacks are meant, in the order in which they are planned. */
final class StackSelection {
    private final StackCatalog catalog;
    private final String here;

    /** @param here the current folder as a path of the tree */
    StackSelection(StackCatalog catalog, String here) {
        this.catalog = catalog;
        this.here = here;
    }

    /** The named ones; where none is named, the one whose folder the current one is or is below, else all. */
    List<StackId> of(List<String> names) {
        SortedSet<StackId> wanted = new TreeSet<>();
        names.forEach(name -> wanted.add(named(name)));
        if (names.isEmpty()) {
            around().ifPresentOrElse(
                            wanted::add, () -> wanted.addAll(catalog.stacks().keySet()));
        }
        return catalog.graph().order().stream().filter(wanted::contains).toList();
    }

    private StackId named(String name) {
        StackNames.Resolution resolution = catalog.names().resolve(name);
        if (resolution instanceof StackNames.Found found) {
            return found.id();
        }
        Optional<StackId> folder = id(Path.of(here).resolve(name).normalize().toString());
        if (folder.isPresent()) {
            return folder.get();
        }
        throw resolution instanceof StackNames.Ambiguous ambiguous
                ? CliException.error(ambiguous.message(), "")
                : CliException.error(
                        ((StackNames.Unknown) resolution).message(),
                        "'plumbline stacks' lists those of this checkout.");
    }

    /** A stack at the root counts only there: everything is below it. */
    private Optional<StackId> around() {
        Optional<StackId> exact = id(here);
        for (String at = here; exact.isEmpty() && !at.isEmpty(); ) {
            at = at.contains("/") ? at.substring(0, at.lastIndexOf('/')) : "";
            exact = at.isEmpty() ? exact : id(at);
        }
        return exact;
    }

    private Optional<StackId> id(String path) {
        StackId id = new StackId(catalog.repository(), path.isEmpty() ? "." : path);
        return catalog.find(id).map(stack -> id);
    }
}
