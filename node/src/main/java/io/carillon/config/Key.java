package io.carillon.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration.
 *
 * @param path dotted; one segment may be {@code *}, which stands for a name that the user chooses
 * @param type what it takes
 * @param standard the text of its default in canonical form, or null if it has none
 * @param example the default, or a value that shows what the key takes
 * @param secret true if its value must not be shown
 * @param comment one line that says what it does, without a full stop at its end
 */
record Key<T>(
        String path,
        ValueType<T> type,
        @Nullable String standard,
        String example,
        boolean secret,
        String comment) {

    /** A key with a default. */
    static <T> Key<T> of(String path, ValueType<T> type, String standard, String comment) {
        return new Key<>(path, type, standard, standard, false, comment);
    }

    /** A key that is absent unless it is given. */
    static <T> Key<T> optional(String path, ValueType<T> type, String example, String comment) {
        return new Key<>(path, type, null, example, false, comment);
    }

    /** A key that is absent unless it is given, and whose value is never shown. */
    static <T> Key<T> secret(String path, ValueType<T> type, String comment) {
        return new Key<>(path, type, null, "secret", true, comment);
    }

    /** The path with the user's name in place of {@code *}. */
    String path(String name) {
        return path.replace("*", name);
    }

    /** True if one segment of the path is a name that the user chooses. */
    boolean isNamed() {
        return path.contains(".*.");
    }

    /** The first segment of the path. */
    String section() {
        return path.substring(0, path.indexOf('.'));
    }

    /** The environment variable of a path: its dots and dashes become {@code _}. */
    static String variable(String path) {
        return "CARILLON_" + path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
