package io.carillon.clusterbench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long something took, several times. One thread. */
final class Times {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Long> nanos = new ArrayList<>();

    void add(long nanosTaken) {
        nanos.add(nanosTaken);
    }

    int count() {
        return nanos.size();
    }

    /** Milliseconds that so many percent did not exceed. */
    String millis(double percent) {
        if (nanos.isEmpty()) {
            return "";
        }
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int at = (int) Math.ceil(percent / 100 * sorted.size()) - 1;
        double millis = sorted.get(Math.clamp(at, 0, sorted.size() - 1)) / NANOS_PER_MILLI;
        return String.format(Locale.ROOT, millis < 10 ? "%.2f" : "%,.0f", millis);
    }
}
