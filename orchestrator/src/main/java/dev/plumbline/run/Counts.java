package dev.plumbline.run;

/** Resources by what a plan does to them; a replacement counts once, as {@code replace}. */
public record Counts(int add, int change, int destroy, int replace) {

    /** How many are made, replacements among them, as Terraform counts. */
    public int toAdd() {
        return add + replace;
    }

    /** How many go, replacements among them. */
    public int toDestroy() {
        return destroy + replace;
    }

    /** In the words of Terraform's own last line, for example {@code 1 to add, 0 to change, 2 to destroy}. */
    @Override
    public String toString() {
        return toAdd() + " to add, " + change + " to change, " + toDestroy() + " to destroy";
    }
}
