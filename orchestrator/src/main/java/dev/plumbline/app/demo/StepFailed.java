package dev.plumbline.app.demo;

/** Something did not do what the demo says it does. */
final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailed(String why) {
        super(why);
    }

    StepFailed(String why, Throwable cause) {
        super(why, cause);
    }
}
