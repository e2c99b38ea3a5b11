package dev.plumbline.terraform;

import dev.plumbline.terraform.event.Diagnostic;

/** What a command that prints JSON gave. */
public sealed interface JsonOutcome {

    /** @param json UTF-8, as Terraform printed it */
    record Read(byte[] json) implements JsonOutcome {}

    record Failed(Diagnostic diagnostic) implements JsonOutcome {}
}
