package dev.plumbline.terraform.install;

import dev.plumbline.terraform.TerraformBinary;

/** What the search for Terraform gave. */
public sealed interface FinderOutcome {

    record Found(TerraformBinary binary) implements FinderOutcome {}

    /**
     * No program that may be run.
     *
     * @param what what is wrong, in one sentence
     * @param where the file, folder or address it concerns
     * @param next what the user can do
     */
    record NotFound(String what, String where, String next) implements FinderOutcome {
        @Override
        public String toString() {
            return what + " (" + where + "). " + next;
        }
    }
}
