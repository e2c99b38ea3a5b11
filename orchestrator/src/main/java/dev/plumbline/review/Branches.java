package dev.plumbline.review;

/** Branches with a meaning. */
final class Branches {
    /** What is applied. */
    static final String MAIN = "main";

    private Branches() {}
}
