package dev.plumbline.git.server;

import java.util.List;

/** Hears of pushes. Called by several threads; each push is one call of the first method, then one of the second. */
public interface PushListener {

    /**
     * The objects are here and no ref has moved yet: the moment to write the push down. Whatever is thrown refuses the
     * whole push.
     *
     * @return the refs to refuse, each with a reason for the client; the others go on
     */
    List<Refusal> beforeAccept(Push push);

    /**
     * The refs have moved and the client has been told so; the push stays open until this returns, for minutes if need
     * be. What it throws is logged; the client still ends well.
     *
     * @param push with those changes only that came about, perhaps none: another push was quicker, or all were refused
     */
    void accepted(Push push, PushTerminal terminal);

    /**
     * @param ref the full name
     * @param message one line; the client shows it beside the ref
     */
    record Refusal(String ref, String message) {}
}
