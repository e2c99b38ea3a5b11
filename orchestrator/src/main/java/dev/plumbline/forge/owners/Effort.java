package dev.plumbline.forge.owners;

/** Counts the steps that comparing takes, so that no file and no number of paths keeps a server busy. */
final class Effort {
    private static final long MOST = 400_000_000;

    private long left = MOST;

    /** @throws Spent where there were too many */
    void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new Spent();
        }
    }

    /** All steps are spent. */
    static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Spent() {
            super("too many steps", null, false, false);
        }
    }
}
