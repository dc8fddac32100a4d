package io.carillon.bench.report;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps, lists, numbers and words as JSON: a line for each value, but what is in a list has one. */
public final class Json {
    private Json() {}

    /** A document with a line break at its end. */
    public static String document(Map<String, ?> values) {
        return lines(values, "") + "\n";
    }

    private static String lines(Map<?, ?> values, String indent) {
        String deeper = indent + "  ";
        return values.entrySet().stream()
                .map(
                        entry ->
                                deeper
                                        + quoted(Objects.toString(entry.getKey()))
                                        + ": "
                                        + value(entry.getValue(), deeper))
                .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
    }

    private static String value(@Nullable Object value, String indent) {
        return switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> lines(map, indent);
            case Collection<?> list when list.stream().anyMatch(Json::holdsValues) ->
                    list.stream()
                            .map(item -> indent + "  " + inline(item))
                            .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
            case null, default -> inline(value);
        };
    }

    private static boolean holdsValues(@Nullable Object value) {
        return value instanceof Map<?, ?> || value instanceof Collection<?>;
    }

    private static String inline(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(
                                    entry ->
                                            quoted(Objects.toString(entry.getKey()))
                                                    + ": "
                                                    + inline(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case Collection<?> list ->
                    list.stream().map(Json::inline).collect(Collectors.joining(", ", "[", "]"));
            // JSON has no word for what a division by zero leaves.
            case Double number when !Double.isFinite(number) -> "null";
            case Double number -> String.format(Locale.ROOT, "%.3f", number);
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (c < ' ') {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
