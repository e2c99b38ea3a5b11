package dev.plumbline.git;

import java.util.List;

/** What came of laying files out. */
public sealed interface Export {

    /**
     * Everything that can be laid out was.
     *
     * @param files how many files and links were written
     * @param skipped what was left out, sorted by path; where Terraform needs one of them it will fail, so show these
     */
    record Done(int files, List<Skipped> skipped) implements Export {
        public Done {
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * An entry would have reached out of the folder; what was already written stays for the caller to delete.
     *
     * @param path the link or file
     * @param why one sentence, naming the link's target
     */
    record Refused(String path, String why) implements Export {}

    /**
     * @param why one sentence saying what to do about it
     */
    record Skipped(String path, String why) {}
}
