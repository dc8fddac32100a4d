package io.carillon.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is named at once. */
final class Problems {
    private static final int SHOWN_MAX = 100;

    private final List<String> found = new ArrayList<>();
    private int more;

    void add(Origin origin, String cause) {
        add(origin + ": " + cause);
    }

    void add(String cause) {
        if (found.size() < SHOWN_MAX) {
            found.add(cause);
        } else {
            more++;
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    ConfigException toException() {
        List<String> shown = new ArrayList<>(found);
        if (more > 0) {
            shown.add("and " + more + " more");
        }
        return new ConfigException(shown);
    }
}
