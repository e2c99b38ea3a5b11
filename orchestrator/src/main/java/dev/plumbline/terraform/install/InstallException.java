package dev.plumbline.terraform.install;

/** One step of a download did not hold; ends as a {@link FinderOutcome.NotFound}. */
final class InstallException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String where;

    InstallException(String what, String where) {
        super(what);
        this.where = where;
    }

    FinderOutcome.NotFound outcome() {
        return new FinderOutcome.NotFound(
                String.valueOf(getMessage()),
                where,
                "Install Terraform and put it on PATH, or correct the mirror's address or the network");
    }
}
