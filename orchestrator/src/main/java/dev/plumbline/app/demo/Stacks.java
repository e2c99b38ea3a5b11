package dev.plumbline.app.demo;

import java.util.List;

/** The stacks of the story, by their ids. */
final class Stacks {
    static final String NETWORK = "stacks/network";
    static final String DNS = "stacks/dns";
    static final String APP = "stacks/app";
    static final String WORKER = "stacks/worker";

    /** What the DNS provider says at first. */
    static final String NAME_SERVER = "ns1.example.net";

    static final List<String> ALL = List.of(NETWORK, DNS, APP, WORKER);

    private Stacks() {}
}
