package io.carillon.bench.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * Filters that match no message of the run, though a broker that looks for them finds out late:
 * they share their first levels with topics that are published to, some by wildcards. Of ten, seven
 * are exact, two have a plus sign and one ends in a number sign. No two are the same.
 */
final class QuietFilters {
    /** What the topics that are published to end with, behind the number of their pair. */
    static final String TOPIC_END = "/temperature/value";

    private final String prefix;
    private final int sites;

    /**
     * Filters among the topics of a number of pairs.
     *
     * @param prefix of all topics and filters; ends in a slash
     */
    QuietFilters(String prefix, int sites) {
        this.prefix = prefix;
        this.sites = sites;
    }

    /** So many of them, dealt to holders in turn. */
    List<List<String>> dealt(int filters, int holders) {
        List<List<String>> hands = new ArrayList<>();
        for (int i = 0; i < holders; i++) {
            hands.add(new ArrayList<>());
        }
        for (int i = 0; i < filters; i++) {
            hands.get(i % holders).add(filter(i));
        }
        return hands;
    }

    /** The filter of that number. The site may be the number of a pair. */
    String filter(int number) {
        int site = number / 10 % sites;
        String rest =
                switch (number % 10) {
                    case 0, 1, 2 -> site + "/device-" + number + "/value";
                    case 3, 4 -> site + "/temperature/unit-" + number;
                    case 5, 6 -> site + TOPIC_END + "/history-" + number;
                    case 7 -> "+/temperature/alarm-" + number;
                    case 8 -> site + "/+/alarm-" + number;
                    default -> site + "/device-" + number + "/#";
                };
        return prefix + rest;
    }
}
