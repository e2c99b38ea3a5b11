package dev.plumbline.terraform;

import java.nio.file.Path;

/** A program that was found and asked for its version. */
public record TerraformBinary(Path path, TerraformVersion version, Product product) {

    /** Which of the two programs it is. */
    public enum Product {
        TERRAFORM("Terraform"),
        TOFU("OpenTofu");

        private final String title;

        Product(String title) {
            this.title = title;
        }

        /** As its makers write it. */
        public String title() {
            return title;
        }
    }

    public TerraformBinary {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("The program must be an absolute path, not " + path);
        }
    }

    @Override
    public String toString() {
        return product.title() + " " + version + " (" + path + ")";
    }
}
