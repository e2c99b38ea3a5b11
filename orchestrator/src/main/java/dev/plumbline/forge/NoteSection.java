package dev.plumbline.forge;

import dev.plumbline.store.Subject;
import java.util.ArrayList;
import java.util.List;

/** Our part of a note, which may hold others' words too: it begins and ends with a line of its own. */
final class NoteSection {
    private static final String END = "Plumbline-End: ";

    private NoteSection() {}

    /** The note with that text in place of the former one about the same subject, or at its end; all else stays. */
    static String put(String note, Subject about, String text) {
        String begin = Marker.of(about.toString());
        String end = END + about;
        List<String> lines = new ArrayList<>(
                note.isEmpty() ? List.of() : note.stripTrailing().lines().toList());
        String section = begin + "\n" + text.stripTrailing() + "\n" + end;
        int from = lines.indexOf(begin);
        int length = from < 0 ? -1 : lines.subList(from, lines.size()).indexOf(end);
        if (length < 0) {
            return lines.isEmpty() ? section + "\n" : String.join("\n", lines) + "\n\n" + section + "\n";
        }
        lines.subList(from, from + length + 1).clear();
        lines.add(from, section);
        return String.join("\n", lines) + "\n";
    }
}
