package dev.plumbline.forge;

/** What came of telling something on a remote. */
public sealed interface Posting {

    /** It stands there. */
    record Posted() implements Posting {}

    /** The forge can be read and takes nothing from us: trying again is of no use before somebody changes that. */
    record Refused(Trouble trouble) implements Posting {}

    /** It did not get through this time. */
    record Failed(Trouble trouble) implements Posting {}
}
