package dev.plumbline.hcl;

/** Whose rules decide which files of a folder count. */
public enum Dialect {
    /** {@code .tf} and {@code .tf.json}; a {@code .tofu} file is nothing to it. */
    TERRAFORM,
    /** Those of Terraform, and {@code .tofu} and {@code .tofu.json}; {@code a.tofu} makes it ignore {@code a.tf}. */
    OPENTOFU
}
