package dev.plumbline.stack;

/**
 * Names one stack: the repository it stands in and its folder there.
 *
 * @param repository the repository's name on its forge, for example {@code main} or {@code team/infra}
 * @param folder from the repository's root, without slashes at its ends, for example {@code stacks/network}; {@code .}
 *     for a stack at the root itself
 */
public record StackId(String repository, String folder) implements Comparable<StackId> {

    /** The folder as a path of a tree: the empty string for a stack at the root. */
    public String path() {
        return folder.equals(".") ? "" : folder;
    }

    /** {@code repository:folder}, which is unique on a server. */
    public String qualified() {
        return repository + ":" + folder;
    }

    /**
     * As a word of a command that people are told to type: with the repository, since another one may have such a folder by the time
     * they do, and quoted for their shell.
     */
    public String typed() {
        return ShellWord.of(qualified());
    }

    @Override
    public int compareTo(StackId other) {
        int byRepository = repository.compareTo(other.repository);
        return byRepository != 0 ? byRepository : folder.compareTo(other.folder);
    }

    /** The folder alone, as people name a stack where only one repository has it. */
    @Override
    public String toString() {
        return folder;
    }
}
