package io.carillon.config;

import java.util.List;

/**
 * A top-level part of the configuration and its keys, in the order in which they are shown.
 *
 * @param name the first segment of the path of all its keys
 * @param comment one line that says what it is about
 */
record Section(String name, String comment, List<Key<?>> keys) {
    Section {
        keys = List.copyOf(keys);
        for (Key<?> key : keys) {
            if (!key.section().equals(name)) {
                throw new IllegalArgumentException(key.path() + " is not in section " + name);
            }
        }
    }

    static Section of(String name, String comment, Key<?>... keys) {
        return new Section(name, comment, List.of(keys));
    }
}
