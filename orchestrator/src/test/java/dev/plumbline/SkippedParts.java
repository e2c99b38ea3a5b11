package dev.plumbline;

import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Counts what was skipped for want of a real part, and says so once all tests have run. */
public final class SkippedParts implements TestExecutionListener {
    private final SortedMap<String, Integer> skipped = new TreeMap<>();

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String why = result.getThrowable().map(Throwable::getMessage).orElse("");
        int at = why == null ? -1 : why.indexOf(RealParts.MISSING);
        if (why != null && at >= 0 && result.getStatus() == TestExecutionResult.Status.ABORTED) {
            skipped.merge(why.substring(at + RealParts.MISSING.length()), 1, Integer::sum);
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        skipped.forEach((part, count) -> System.out.println(
                "SKIPPED for want of a real part: " + count + (count == 1 ? " test: " : " tests: ") + part));
        skipped.clear();
    }
}
