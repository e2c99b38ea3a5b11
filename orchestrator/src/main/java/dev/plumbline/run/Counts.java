package dev.plumbline.run;

/** Resources by what a plan does to them; a replacement counts once, as {@code replace}. */
public record Counts(int add, int change, int destroy, int replace) {

    /** In the words of Terraform's own last line, for example {@code 1 to add, 0 to change, 2 to destroy}. */
    @Override
    public String toString() {
        return (add + replace) + " to add, " + change + " to change, " + (destroy + replace) + " to destroy";
    }
}
