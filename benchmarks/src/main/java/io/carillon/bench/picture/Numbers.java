package io.carillon.bench.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Numbers as people read them: about three digits and k, M or G. */
public final class Numbers {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Numbers() {}

    /** For example 0.09, 8.00, 640, 37.0k, 1.83M; "–" for what is no number. */
    public static String brief(double value) {
        return Double.isFinite(value) ? scaled(value, Numbers::digits) : "–";
    }

    /** A round number without digits that say nothing, such as 0.2, 2.5k or 1M. */
    static String round(double value) {
        return scaled(
                value,
                number ->
                        new BigDecimal(number)
                                .round(THREE_DIGITS)
                                .stripTrailingZeros()
                                .toPlainString());
    }

    private static String scaled(double value, DoubleFunction<String> digits) {
        double size = Math.abs(value);
        if (size >= 999.5e6) {
            return digits.apply(value / 1e9) + "G";
        }
        if (size >= 999.5e3) {
            return digits.apply(value / 1e6) + "M";
        }
        return size >= 999.5 ? digits.apply(value / 1e3) + "k" : digits.apply(value);
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        if (size >= 99.95 || value == 0) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 9.995 ? "%.1f" : "%.2f", value);
    }
}
