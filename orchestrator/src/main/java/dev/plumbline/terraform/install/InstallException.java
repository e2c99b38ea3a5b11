package dev.plumbline.terraform.install;

/** One step of a download did not hold; ends as a {@link FinderOutcome.NotFound}. */
final class InstallException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String where;

    InstallException(String what, String where) {
        super(what);
        this.where = where;
    }

    /** The file or address that it is about. */
    String where() {
        return where;
    }
}
