package dev.plumbline.run;

/** Why something can't be done with a state: ends the run that tried, with that sentence; nothing was changed. */
final class StateRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateRefusal(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
