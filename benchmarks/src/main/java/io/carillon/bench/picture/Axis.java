package io.carillon.bench.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * A direction of a chart: where values lie on it and which of them are written.
 *
 * @param place of a value between 0 (left, bottom) and 1
 */
public record Axis(DoubleUnaryOperator place, List<Tick> ticks) {
    /** A value that is written at the axis. */
    public record Tick(double value, String words) {}

    private static final int STEPS = 4;

    /** From {@code low} to {@code high}, even steps with round numbers. */
    public static Axis linear(double low, double high) {
        double step = roundStep(high - low);
        double first = Math.floor(low / step) * step;
        double last = Math.max(Math.ceil(high / step - 1e-9) * step, first + step);
        List<Tick> ticks = new ArrayList<>();
        for (double value = first; value < last + step / 2; value += step) {
            ticks.add(new Tick(value, Numbers.round(Math.abs(value) < step / 1e6 ? 0 : value)));
        }
        return new Axis(value -> (value - first) / (last - first), ticks);
    }

    /** As {@link #linear}, but it ends with {@code high}. */
    public static Axis time(double high) {
        Axis even = linear(0, high);
        return new Axis(
                value -> value / high,
                even.ticks.stream().filter(tick -> tick.value <= high).toList());
    }

    /** By powers of ten that hold both values; neither is zero. */
    public static Axis logarithmic(double low, double high) {
        double first = Math.floor(Math.log10(low) + 1e-9);
        double last = Math.max(first + 1, Math.ceil(Math.log10(high) - 1e-9));
        List<Tick> ticks = new ArrayList<>();
        for (double power = first; power <= last; power++) {
            double value = Math.pow(10, power);
            ticks.add(new Tick(value, Numbers.round(value)));
        }
        return new Axis(value -> (Math.log10(value) - first) / (last - first), ticks);
    }

    /** Percentiles, each further nine as wide as the one before, up to {@code highest} percent. */
    public static Axis percentiles(double highest) {
        double nines = Math.max(1, nines(highest));
        List<Tick> ticks = new ArrayList<>(List.of(new Tick(50, "50 %")));
        double rest = 10;
        for (int nine = 1; nine <= nines + 1e-9; nine++, rest /= 10) {
            String words = nine < 3 ? "%.0f %%" : "%." + (nine - 2) + "f %%";
            ticks.add(new Tick(100 - rest, String.format(Locale.ROOT, words, 100 - rest)));
        }
        return new Axis(value -> Math.min(1, nines(value) / nines), ticks);
    }

    /** The place of a value between 0 and 1. */
    double at(double value) {
        return Math.clamp(place.applyAsDouble(value), 0, 1);
    }

    private static double nines(double percent) {
        return -Math.log10(Math.max(1e-9, 1 - percent / 100));
    }

    private static double roundStep(double range) {
        double raw = Math.max(range, 1e-9) / STEPS;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double digit = raw / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 2.5 ? 2.5 : digit <= 5 ? 5 : 10);
    }
}
