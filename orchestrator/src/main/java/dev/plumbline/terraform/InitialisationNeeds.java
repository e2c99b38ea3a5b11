package dev.plumbline.terraform;

import java.util.List;

/**
 * What of a stack's code, its local modules included, {@code init} looks at. Each entry is any text that changes when
 * its subject does; a text that differs is what makes {@code init} run again.
 *
 * @param providers required providers that are not built in, with source and version constraint
 * @param modules module calls with path, source and version; a source that moves (a Git branch) should carry something
 *     that moves with it, since a module once downloaded is kept
 * @param backend the backend or cloud block; empty where there is none
 */
public record InitialisationNeeds(List<String> providers, List<String> modules, String backend) {

    public InitialisationNeeds {
        providers = providers.stream().sorted().distinct().toList();
        modules = modules.stream().sorted().distinct().toList();
    }

    /** Of a stack that uses nothing but Terraform's built-in provider. */
    public static InitialisationNeeds none() {
        return new InitialisationNeeds(List.of(), List.of(), "");
    }

    boolean any() {
        return !providers.isEmpty() || !modules.isEmpty() || !backend.isEmpty();
    }
}
