package dev.plumbline.terraform;

import java.nio.file.Path;

/** A program that was found and asked for its version. */
public record TerraformBinary(Path path, TerraformVersion version, Product product) {

    /** Which of the two programs it is. */
    public enum Product {
        TERRAFORM("Terraform", "terraform"),
        TOFU("OpenTofu", "tofu");

        private final String title;
        private final String program;

        Product(String title, String program) {
            this.title = title;
            this.program = program;
        }

        /** The name of its program. */
        public String program() {
            return program;
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

    /** As a stack names it: {@code 1.11.4}, {@code tofu:1.10.10}. What two runs say of it is equal where it is the same. */
    public String name() {
        return product == Product.TOFU ? "tofu:" + version : version.toString();
    }

    @Override
    public String toString() {
        return product.title() + " " + version + " (" + path + ")";
    }
}
