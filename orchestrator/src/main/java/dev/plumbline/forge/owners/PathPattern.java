package dev.plumbline.forge.owners;

/** What a line compares paths with. */
interface PathPattern {
    boolean fits(RepositoryPath path, Effort effort);
}
