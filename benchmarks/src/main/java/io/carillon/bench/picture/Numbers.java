package io.carillon.bench.picture;

import java.util.Locale;

/** Numbers as people read them: about three digits and k, M or G. */
public final class Numbers {
    private Numbers() {}

    /** For example 0.09, 8.0, 640, 37k, 1.83M; "–" for what is no number. */
    public static String brief(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (size >= 999.5e6) {
            return digits(value / 1e9) + "G";
        }
        if (size >= 999.5e3) {
            return digits(value / 1e6) + "M";
        }
        return size >= 999.5 ? digits(value / 1e3) + "k" : digits(value);
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        if (size >= 99.95 || value == Math.rint(value) && size >= 10 || value == 0) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 9.995 ? "%.1f" : "%.2f", value);
    }
}
