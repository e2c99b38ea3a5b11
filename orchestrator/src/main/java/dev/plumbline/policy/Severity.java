package dev.plumbline.policy;

/** What a finding means for the plan. */
public enum Severity {
    /** It is not applied before somebody approves it in spite of that. */
    REFUSES("refuses"),
    /** People are told, and nothing else. */
    WARNS("warns of");

    private final String verb;

    Severity(String verb) {
        this.verb = verb;
    }

    String verb() {
        return verb;
    }
}
