package io.carillon.compare;

import java.util.Arrays;
import java.util.List;

/** What several rounds of the same come to. */
final class Medians {
    private Medians() {}

    /** The middle value, or the mean of the two; NaN of nothing. */
    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** From the least to the greatest, as part of the median; NaN of less than two. */
    static double spread(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        if (sorted.length < 2) {
            return Double.NaN;
        }
        Arrays.sort(sorted);
        return (sorted[sorted.length - 1] - sorted[0]) / median(values);
    }
}
