package dev.plumbline.localgithub;

import java.util.ArrayList;
import java.util.List;

/** What was not as GitHub describes it. Any of it fails the test that caused it. */
final class Faults {
    private final List<String> all = new ArrayList<>();

    synchronized void add(String fault) {
        all.add(fault);
    }

    synchronized void addAll(List<String> faults) {
        all.addAll(faults);
    }

    /** What came since it was asked last. */
    synchronized List<String> taken() {
        List<String> taken = List.copyOf(all);
        all.clear();
        return taken;
    }
}
