package io.carillon.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of value that keys take, apart from those with units. */
final class Types {
    private Types() {}

    static final ValueType<Boolean> BOOLEAN =
            new ValueType<>() {
                @Override
                public Boolean parse(String text) throws InvalidValue {
                    return switch (text) {
                        case "true" -> true;
                        case "false" -> false;
                        default -> throw new InvalidValue(quote(text) + " is not true or false");
                    };
                }

                @Override
                public String format(Boolean value) {
                    return value.toString();
                }
            };

    /** A file or folder; a relative one starts at the folder in which the node was started. */
    static final ValueType<Path> PATH =
            new ValueType<>() {
                @Override
                public Path parse(String text) throws InvalidValue {
                    if (text.isEmpty()) {
                        throw new InvalidValue("a path needs at least one character");
                    }
                    try {
                        return Path.of(text);
                    } catch (InvalidPathException e) {
                        throw new InvalidValue(quote(text) + " is not a path: " + e.getReason());
                    }
                }

                @Override
                public String format(Path value) {
                    return value.toString();
                }
            };

    /** A listen address, HOST:PORT. */
    static final ValueType<BindAddress> BIND =
            new ValueType<>() {
                @Override
                public BindAddress parse(String text) throws InvalidValue {
                    return BindAddress.parse(text);
                }

                @Override
                public String format(BindAddress value) {
                    return value.toString();
                }
            };

    /** An address that others connect to: one of one host, HOST:PORT, with a port. */
    static final ValueType<BindAddress> REACHABLE =
            new ValueType<>() {
                @Override
                public BindAddress parse(String text) throws InvalidValue {
                    BindAddress address = BindAddress.parse(text);
                    if (address.port() == 0 || address.isWildcard()) {
                        throw new InvalidValue(
                                quote(text)
                                        + " is not an address to connect to: it needs one host and"
                                        + " a port from 1 to 65535");
                    }
                    return address;
                }

                @Override
                public String format(BindAddress value) {
                    return value.toString();
                }
            };

    /** Text of that form; {@code form} says it in words. */
    static ValueType<String> text(Pattern pattern, String form) {
        return new ValueType<>() {
            @Override
            public String parse(String text) throws InvalidValue {
                if (!pattern.matcher(text).matches()) {
                    throw new InvalidValue(quote(text) + " is not " + form);
                }
                return text;
            }

            @Override
            public String format(String value) {
                return value;
            }
        };
    }

    /** A whole number from {@code min} to {@code max}; underscores may group its digits. */
    static ValueType<Integer> integer(int min, int max) {
        return new ValueType<>() {
            @Override
            public Integer parse(String text) throws InvalidValue {
                return (int) Units.number(text, min, max);
            }

            @Override
            public String format(Integer value) {
                return value.toString();
            }
        };
    }

    /** One of a few whole numbers. */
    static ValueType<Integer> oneOf(Integer... numbers) {
        return new ValueType<>() {
            @Override
            public Integer parse(String text) throws InvalidValue {
                for (Integer number : numbers) {
                    if (format(number).equals(text)) {
                        return number;
                    }
                }
                throw new InvalidValue(
                        quote(text)
                                + " is not one of "
                                + Arrays.stream(numbers)
                                        .map(this::format)
                                        .collect(Collectors.joining(", ")));
            }

            @Override
            public String format(Integer value) {
                return value.toString();
            }
        };
    }

    /** One of the constants, written in lower case with dashes. */
    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        return new ValueType<>() {
            @Override
            public E parse(String text) throws InvalidValue {
                for (E constant : type.getEnumConstants()) {
                    if (format(constant).equals(text)) {
                        return constant;
                    }
                }
                throw new InvalidValue(
                        quote(text)
                                + " is not one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(this::format)
                                        .collect(Collectors.joining(", ")));
            }

            @Override
            public String format(E value) {
                return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        };
    }

    /** Values of one kind: a YAML list, or one text with commas between them. */
    static <T> ValueType<List<T>> list(ValueType<T> element) {
        return new ValueType<>() {
            @Override
            public List<T> parse(String text) throws InvalidValue {
                List<T> values = new ArrayList<>();
                for (String part : text.split(",", -1)) {
                    values.add(element.parse(part.strip()));
                }
                return List.copyOf(values);
            }

            @Override
            public String format(List<T> value) {
                return value.stream().map(element::format).collect(Collectors.joining(", "));
            }
        };
    }

    /** The text in quotes, cut if it is long, without control characters: safe to print. */
    static String quote(String text) {
        String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
