package dev.plumbline.run;

/**
 * What the ledger keeps of a finished plan; the plan itself is an artifact.
 *
 * @param digest of the change: what was seen, and what an approval is given for
 * @param fileDigest of the plan file: what is handed to Terraform
 */
public record PlanFacts(Basis basis, String digest, String fileDigest, Counts counts) {
    private static final int SHOWN = 12;

    /** As much of the change's digest as people are shown. */
    public String shortDigest() {
        return digest.substring(0, SHOWN);
    }
}
