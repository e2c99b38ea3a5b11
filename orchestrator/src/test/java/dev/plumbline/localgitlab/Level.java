package dev.plumbline.localgitlab;

/** What somebody is in a project or group, in rising order. */
public enum Level {
    NONE(0),
    GUEST(10),
    REPORTER(20),
    DEVELOPER(30),
    MAINTAINER(40),
    OWNER(50);

    private final int number;

    Level(int number) {
        this.number = number;
    }

    boolean atLeast(Level least) {
        return compareTo(least) >= 0;
    }

    /** As the API has it. */
    int number() {
        return number;
    }
}
