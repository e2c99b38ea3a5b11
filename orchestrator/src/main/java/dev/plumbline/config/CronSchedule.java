package dev.plumbline.config;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A cron expression: minute, hour, day of the month, month, day of the week; or six fields with seconds first. Fields
 * take numbers, names ({@code JAN}, {@code MON}), {@code *}, lists, ranges and steps; Sunday is 0 or 7. Where both days
 * are restricted either one suffices, as cron always had it.
 */
public final class CronSchedule {
    /** Looking further ahead than this finds nothing that eight years (29 February over a century) did not. */
    private static final int HORIZON_YEARS = 9;

    private final String text;
    private final BitSet seconds;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private CronSchedule(String text, List<String> fields) {
        this.text = text;
        this.seconds = CronField.SECOND.parse(fields.get(0));
        this.minutes = CronField.MINUTE.parse(fields.get(1));
        this.hours = CronField.HOUR.parse(fields.get(2));
        this.days = CronField.DAY.parse(fields.get(3));
        this.months = CronField.MONTH.parse(fields.get(4));
        this.weekdays = CronField.WEEKDAY.parse(fields.get(5));
        this.anyDay = fields.get(3).startsWith("*");
        this.anyWeekday = fields.get(5).startsWith("*");
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException naming the field that is wrong, or where no date ever fits
     */
    public static CronSchedule parse(String text) {
        List<String> fields = List.of(text.strip().split("\\s+"));
        if (fields.size() != 5 && fields.size() != 6) {
            throw new IllegalArgumentException(
                    "a cron expression has five fields, or six with seconds first, not " + fields.size());
        }
        CronSchedule schedule = new CronSchedule(text, fields.size() == 6 ? fields : withSeconds(fields));
        ZonedDateTime anyTime = ZonedDateTime.parse("2024-01-01T00:00:00Z");
        if (schedule.next(anyTime).isEmpty()) {
            throw new IllegalArgumentException("no date ever fits this cron expression");
        }
        return schedule;
    }

    private static List<String> withSeconds(List<String> five) {
        List<String> six = new java.util.ArrayList<>(five);
        six.add(0, "0");
        return six;
    }

    /** The first moment after this one, in its time zone; empty where none follows within nine years. */
    public Optional<ZonedDateTime> next(ZonedDateTime after) {
        ZonedDateTime at = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        ZonedDateTime horizon = after.plusYears(HORIZON_YEARS);
        while (at.isBefore(horizon)) {
            if (!months.get(at.getMonthValue())) {
                at = at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!fitsDay(at)) {
                at = at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(at.getHour())) {
                at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(at.getMinute())) {
                at = at.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
            } else if (!seconds.get(at.getSecond())) {
                at = at.plusSeconds(1);
            } else {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private boolean fitsDay(ZonedDateTime at) {
        boolean day = days.get(at.getDayOfMonth());
        boolean weekday = weekdays.get(at.getDayOfWeek().getValue() % 7);
        return (anyDay || anyWeekday) ? (day && weekday) : (day || weekday);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronSchedule && ((CronSchedule) other).text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
