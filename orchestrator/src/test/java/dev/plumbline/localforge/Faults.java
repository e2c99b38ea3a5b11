package dev.plumbline.localforge;

import java.util.ArrayList;
import java.util.List;

/** What was not as GitHub describes it. Any of it fails the test that caused it. */
public final class Faults {
    private final List<String> all = new ArrayList<>();

    public synchronized void add(String fault) {
        all.add(fault);
    }

    public synchronized void addAll(List<String> faults) {
        all.addAll(faults);
    }

    /** What came since it was asked last. */
    public synchronized List<String> taken() {
        List<String> taken = List.copyOf(all);
        all.clear();
        return taken;
    }
}
