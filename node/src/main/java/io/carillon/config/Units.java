package io.carillon.config;

import static io.carillon.config.Types.quote;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values with a unit: sizes in bytes, durations in milliseconds or seconds. */
final class Units {
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,18}) ?([A-Za-z]*)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}(_?\\d{1,3}){0,5}");

    /** Largest first, so that the canonical form is the shortest. */
    private static final Map<String, Long> BYTES = new LinkedHashMap<>();

    private static final Map<String, Long> MILLIS = new LinkedHashMap<>();

    static {
        BYTES.put("TiB", 1L << 40);
        BYTES.put("GiB", 1L << 30);
        BYTES.put("MiB", 1L << 20);
        BYTES.put("KiB", 1L << 10);
        BYTES.put("", 1L);
        MILLIS.put("d", 86_400_000L);
        MILLIS.put("h", 3_600_000L);
        MILLIS.put("m", 60_000L);
        MILLIS.put("s", 1_000L);
        MILLIS.put("ms", 1L);
    }

    private Units() {}

    /** A size in bytes: digits alone, or with KiB, MiB, GiB or TiB. */
    static ValueType<Long> bytes(String min, String max) {
        return new Quantity(BYTES, "a size such as 64KiB, 1MiB or 500 (bytes)", min, max);
    }

    /** A duration in milliseconds: digits with ms, s, m, h or d, or {@code 0}. */
    static ValueType<Long> millis(String min, String max) {
        return new Quantity(MILLIS, "a duration such as 500ms, 10s, 5m, 1h or 7d", min, max);
    }

    /** The same, or a word (or the digits of its value) in place of a quantity. */
    static ValueType<Long> orWord(String word, long value, ValueType<Long> type) {
        return new ValueType<>() {
            @Override
            public Long parse(String text) throws InvalidValue {
                if (text.equals(word) || text.equals(Long.toString(value))) {
                    return value;
                }
                try {
                    return type.parse(text);
                } catch (InvalidValue e) {
                    throw new InvalidValue(e.getMessage() + ", nor the word " + word);
                }
            }

            @Override
            public String format(Long number) {
                return number == value ? word : type.format(number);
            }
        };
    }

    /** A whole number in a range; underscores may group its digits. */
    static long number(String text, long min, long max) throws InvalidValue {
        if (!NUMBER.matcher(text).matches()) {
            throw new InvalidValue(quote(text) + " is not a whole number");
        }
        long value = Long.parseLong(text.replace("_", ""));
        if (value < min || value > max) {
            throw new InvalidValue(quote(text) + " is not from " + min + " to " + max);
        }
        return value;
    }

    /** A number of units with bounds. */
    private record Quantity(Map<String, Long> units, String form, String min, String max)
            implements ValueType<Long> {
        @Override
        public Long parse(String text) throws InvalidValue {
            long value = read(text);
            if (value < read(min) || value > read(max)) {
                throw new InvalidValue(quote(text) + " is not from " + min + " to " + max);
            }
            return value;
        }

        @Override
        public String format(Long value) {
            for (Map.Entry<String, Long> unit : units.entrySet()) {
                if (value != 0 && value % unit.getValue() == 0) {
                    return value / unit.getValue() + unit.getKey();
                }
            }
            return value.toString();
        }

        private long read(String text) throws InvalidValue {
            if (text.equals("0")) {
                return 0;
            }
            Matcher matcher = WITH_UNIT.matcher(text);
            if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
                throw new InvalidValue(quote(text) + " is not " + form);
            }
            long count = Long.parseLong(matcher.group(1));
            long factor = units.getOrDefault(matcher.group(2), 1L);
            if (count > Long.MAX_VALUE / factor) {
                throw new InvalidValue(quote(text) + " is not from " + min + " to " + max);
            }
            return count * factor;
        }
    }
}
