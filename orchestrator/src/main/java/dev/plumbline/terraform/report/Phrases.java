package dev.plumbline.terraform.report;

import dev.plumbline.terraform.plan.Change;
import dev.plumbline.terraform.plan.ResourceChange;
import java.util.ArrayList;
import java.util.List;

/** What is said in words about a change of a resource. */
final class Phrases {
    private Phrases() {}

    /** The address and what becomes of it. */
    static String headline(ResourceChange change) {
        String subject = change.address().text()
                + (change.deposedKey().isEmpty() ? "" : " (deposed object " + change.deposedKey() + ")");
        return subject + " " + fate(change);
    }

    /** What becomes of it, without its address. */
    static String fate(ResourceChange change) {
        return switch (change.action()) {
            case CREATE -> "will be created";
            case READ -> "will be read during apply";
            case UPDATE -> "will be updated in-place";
            case DELETE -> "will be destroyed";
            case REPLACE_DESTROY_FIRST, REPLACE_CREATE_FIRST -> replacement(change);
            case FORGET -> "will no longer be managed, and is not destroyed";
            case CREATE_THEN_FORGET -> "will be replaced; the old object is not destroyed, only no longer managed";
            case NO_OP -> change.change().importing() == null ? "is only moved" : "will be imported";
        };
    }

    private static String replacement(ResourceChange change) {
        return switch (change.reason()) {
            case REPLACE_BECAUSE_TAINTED -> "is tainted, so it must be replaced";
            case REPLACE_BY_REQUEST -> "will be replaced, as requested";
            case REPLACE_BY_TRIGGERS -> "will be replaced, because of replace_triggered_by";
            default -> "must be replaced";
        };
    }

    /** Moves, imports and reasons, a sentence each. */
    static List<String> notes(ResourceChange change) {
        List<String> notes = new ArrayList<>();
        if (change.moved()) {
            notes.add("(moved from " + change.previousAddress() + ")");
        }
        Change.Importing importing = change.change().importing();
        if (importing != null) {
            notes.add(importing.id().isEmpty() ? "(imported)" : "(imported from \"" + importing.id() + "\")");
        }
        String address = change.address().text();
        switch (change.reason()) {
            case DELETE_BECAUSE_NO_RESOURCE_CONFIG -> notes.add("(because it is no longer in the configuration)");
            case DELETE_BECAUSE_NO_MODULE ->
                notes.add("(because " + change.address().module() + " is no longer in the configuration)");
            case DELETE_BECAUSE_WRONG_REPETITION ->
                notes.add("(because the resource's count or for_each came or went)");
            case DELETE_BECAUSE_COUNT_INDEX ->
                notes.add("(because index " + indexOf(address) + " is out of range of count)");
            case DELETE_BECAUSE_EACH_KEY -> notes.add("(because key " + indexOf(address) + " is not in for_each)");
            case DELETE_BECAUSE_NO_MOVE_TARGET -> notes.add("(because it was moved to where nothing is configured)");
            case READ_BECAUSE_CONFIG_UNKNOWN -> notes.add("(its configuration is known only after apply)");
            case READ_BECAUSE_DEPENDENCY_PENDING -> notes.add("(it depends on something that changes)");
            case READ_BECAUSE_CHECK_NESTED -> notes.add("(read by a check block)");
            default -> {}
        }
        return notes;
    }

    private static String indexOf(String address) {
        int bracket = address.lastIndexOf('[');
        return bracket < 0 ? "" : address.substring(bracket);
    }
}
