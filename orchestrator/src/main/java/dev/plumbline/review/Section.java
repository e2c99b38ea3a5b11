package dev.plumbline.review;

import dev.plumbline.run.KeptPlans;
import dev.plumbline.run.RunId;
import dev.plumbline.terraform.report.Fitting;
import dev.plumbline.terraform.report.Limit;
import dev.plumbline.terraform.report.Markdown;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Something long in a comment that can also be told in less: a plan, or an error. */
interface Section {
    /** Less than that tells nobody anything. */
    int LEAST = 1_000;

    /** As much of it as fits into so many characters, at least {@value #LEAST}. */
    String within(int longest);

    /**
     * A plan of a stack.
     *
     * @param title Markdown
     * @param counts what it would do, in a few words
     * @param folded whether only title and counts stand there until somebody opens it
     * @param where all of it stands
     */
    record Planned(String title, String counts, RunId run, boolean folded, String where, KeptPlans plans)
            implements Section {
        @Override
        public String within(int longest) {
            String head =
                    folded ? "<details><summary>" + title + ": " + counts + "</summary>\n\n" : "#### " + title + "\n\n";
            String end = folded ? "\n</details>\n\n" : "\n";
            int room = longest - head.length() - end.length();
            return head + plans.diffs(run, new Limit(Math.max(1, room), where)).orElse("") + end;
        }
    }

    /**
     * What policies say of the plans.
     *
     * @param policies how many judged
     * @param findings each as Markdown, what refuses first
     */
    record Judged(int policies, List<String> findings) implements Section {
        @Override
        public String within(int longest) {
            String counted = policies + (policies == 1 ? " policy" : " policies");
            if (findings.isEmpty()) {
                return counted + ": passed\n\n";
            }
            List<Fitting.Block> lines = findings.stream()
                    .map(finding -> new Fitting.Block("- " + finding + "\n", ""))
                    .toList();
            String head = "#### Policies\n\n";
            Limit room = new Limit(Math.max(1, longest - head.length()), "");
            return Fitting.fit(head, lines, room, more -> "- … and " + more + " more\n")
                            .text() + "\n";
        }
    }

    /**
     * Why something failed.
     *
     * @param title Markdown
     * @param text any text
     */
    record Failure(String title, String text) implements Section {
        @Override
        public String within(int longest) {
            String head = "#### " + title + "\n\n";
            int room = longest - head.length() - 20;
            return head + Markdown.fenced("text", text.length() <= room ? text : whole(text, room) + "…") + "\n";
        }

        /** No half lines, unless the first one is that long. */
        private static String whole(String text, int room) {
            int end = text.lastIndexOf('\n', room);
            return text.substring(0, end < 0 ? room : end + 1);
        }
    }

    /**
     * All of them in so many characters: whole where that is possible, else the long ones cut to the same length, and the last ones
     * left out where that would be too short.
     *
     * @param closing says how many were left out
     */
    static String all(List<Section> sections, int longest, IntFunction<String> closing) {
        List<String> whole =
                sections.stream().map(section -> section.within(longest)).toList();
        long total = whole.stream().mapToLong(String::length).sum();
        int room = total <= longest
                ? longest
                : longest - closing.apply(sections.size()).length();
        int level = Math.max(LEAST, level(whole, room));
        StringBuilder text = new StringBuilder();
        int left = 0;
        for (int i = 0; i < sections.size(); i++) {
            String part = whole.get(i).length() <= level
                    ? whole.get(i)
                    : sections.get(i).within(level);
            if (text.length() + part.length() <= room) {
                text.append(part);
            } else {
                left++;
            }
        }
        return left == 0 ? text.toString() : text + closing.apply(left);
    }

    /** To how many characters the longest must be cut so that all fit: what short ones leave is the long ones'. */
    private static int level(List<String> texts, int room) {
        int[] lengths = texts.stream().mapToInt(String::length).toArray();
        Arrays.sort(lengths);
        int left = room;
        for (int i = 0; i < lengths.length; i++) {
            int share = left / (lengths.length - i);
            if (lengths[i] > share) {
                return share;
            }
            left -= lengths[i];
        }
        return room;
    }
}
