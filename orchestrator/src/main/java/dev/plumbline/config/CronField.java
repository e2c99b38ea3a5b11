package dev.plumbline.config;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One field of a cron expression: its name, its range, and the names its values may have. */
enum CronField {
    SECOND("second", 0, 59, List.of()),
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY("day of the month", 1, 31, List.of()),
    MONTH("month", 1, 12, List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    WEEKDAY("day of the week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    private static final Pattern PART =
            Pattern.compile("(\\*|([0-9]{1,2}|[A-Za-z]{3})(-([0-9]{1,2}|[A-Za-z]{3}))?)(/([0-9]{1,2}))?");

    private final String title;
    private final int low;
    private final int high;
    private final List<String> names;

    CronField(String title, int low, int high, List<String> names) {
        this.title = title;
        this.low = low;
        this.high = high;
        this.names = names;
    }

    BitSet parse(String field) {
        BitSet values = new BitSet(high + 1);
        for (String part : field.split(",", -1)) {
            Matcher match = PART.matcher(part);
            if (!match.matches()) {
                throw new IllegalArgumentException("'" + part + "' is no " + title);
            }
            add(match, values);
        }
        if (this == WEEKDAY && values.get(7)) {
            values.set(0);
        }
        return values;
    }

    private void add(Matcher match, BitSet values) {
        boolean stepped = match.group(6) != null;
        int from = match.group(2) == null ? low : number(match.group(2));
        int to;
        if (match.group(4) != null) {
            to = number(match.group(4));
        } else {
            to = match.group(2) == null || stepped ? high : from;
        }
        int step = stepped ? Integer.parseInt(match.group(6)) : 1;
        if (from > to || step == 0) {
            throw new IllegalArgumentException("'" + match.group() + "' is no " + title);
        }
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    private int number(String text) {
        int named = names.indexOf(text.toUpperCase(Locale.ROOT));
        if (named >= 0) {
            return named + low;
        }
        int value = Character.isDigit(text.charAt(0)) ? Integer.parseInt(text) : -1;
        if (value < low || value > high) {
            throw new IllegalArgumentException("'" + text + "' is no " + title + "; expected " + low + " to " + high);
        }
        return value;
    }
}
