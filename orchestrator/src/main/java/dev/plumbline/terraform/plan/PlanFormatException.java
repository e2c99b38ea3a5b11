package dev.plumbline.terraform.plan;

/** Bytes that are not the plan they claim to be; never leaves the package. */
final class PlanFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlanFormatException(String message) {
        super(message);
    }
}
