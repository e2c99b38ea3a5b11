package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.List;

/**
 * @param people what waits for a person
 * @param remotes the repositories that live elsewhere
 */
public record QueuePage(Shell shell, Views.Queue queue, List<String> people, List<Views.Remote> remotes) {

    /** The button that looks at one of them now, where they may. */
    public List<ActionLink> fetch(Views.Remote remote) {
        return shell.may(Views.Action.FETCH)
                ? List.of(ActionLink.of(Views.Action.FETCH, List.of(remote.repository()), shell.self()))
                : List.of();
    }
}
