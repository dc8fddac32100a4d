package io.carillon.testing.cluster;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of a page in Prometheus' text format. */
final class Series {
    private static final Pattern LINE = Pattern.compile("(\\w+)\\{(.*)} (\\S+)");
    private static final Pattern WANTED = Pattern.compile("(\\w+)(?:\\{(.*)})?");

    private Series() {}

    /** The sum of those of that name that have all those labels; -1 if there is none. */
    static double sum(String page, String series) {
        Matcher wanted = WANTED.matcher(series);
        if (!wanted.matches()) {
            throw new IllegalArgumentException(series);
        }
        List<String> labels = wanted.group(2) == null ? List.of() : labels(wanted.group(2));
        double[] found =
                page.lines()
                        .map(LINE::matcher)
                        .filter(Matcher::matches)
                        .filter(line -> line.group(1).equals(wanted.group(1)))
                        .filter(line -> labels(line.group(2)).containsAll(labels))
                        .mapToDouble(line -> Double.parseDouble(line.group(3)))
                        .toArray();
        double sum = 0;
        for (double each : found) {
            sum += each;
        }
        return found.length == 0 ? -1 : sum;
    }

    private static List<String> labels(String text) {
        return List.of(text.split(","));
    }
}
