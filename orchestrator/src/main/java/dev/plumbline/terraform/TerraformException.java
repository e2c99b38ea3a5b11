package dev.plumbline.terraform;

/** Terraform's surroundings are not as they must be; the message says what, where, and what to do next. */
public final class TerraformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TerraformException(String message) {
        super(message);
    }

    public TerraformException(String message, Throwable cause) {
        super(message, cause);
    }
}
