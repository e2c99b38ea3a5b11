package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.List;
import java.util.Locale;

/**
 * A button that leads to a confirmation.
 *
 * @param label what it does, in a word or two
 * @param style {@code primary}, {@code danger} or empty
 */
public record ActionLink(String label, String style, String address) {

    static ActionLink of(Views.Action action, List<String> targets, String back) {
        StringBuilder address = new StringBuilder("/confirm?action=").append(word(action));
        targets.forEach(target -> address.append("&target=").append(Addresses.encoded(target)));
        address.append("&back=").append(Addresses.encoded(back));
        return new ActionLink(label(action), style(action), address.toString());
    }

    /** Leads to a confirmation that lists all stacks of a search which wait for that. */
    static ActionLink ofAll(Views.Action action, long number, String words, String back) {
        return new ActionLink(
                label(action) + " all " + number,
                style(action),
                "/confirm?action=" + word(action) + "&among=" + Addresses.encoded(words) + "&back="
                        + Addresses.encoded(back));
    }

    /** The action's word in an address. */
    static String word(Views.Action action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String label(Views.Action action) {
        return switch (action) {
            case APPROVE -> "Approve";
            case APPLY -> "Apply";
            case CANCEL -> "Cancel";
            case RETRY -> "Retry";
            case REVERT -> "Revert";
            case DRIFT_CHECK -> "Check drift";
            case FETCH -> "Fetch";
        };
    }

    static String style(Views.Action action) {
        return switch (action) {
            case APPROVE -> "primary";
            case CANCEL -> "danger";
            default -> "";
        };
    }
}
