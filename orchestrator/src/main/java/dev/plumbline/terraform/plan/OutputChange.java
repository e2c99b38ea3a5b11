package dev.plumbline.terraform.plan;

/** What becomes of one output of the root module; a sensitive one has {@link Path#ROOT} among its change's paths. */
public record OutputChange(String name, Change change) {

    public boolean sensitive() {
        return change.sensitive().contains(Path.ROOT);
    }
}
