package io.carillon.cluster.ownership;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Evens out loads by moving one piece at a time: from a node to one that has at least two less, if
 * need be by way of others. When no step is left, no sequence of moves makes it more even.
 */
final class Evening {

    /** A node gives one of its pieces to another. */
    record Step<N>(N from, N to) {}

    private Evening() {}

    /**
     * The next step, or null if there is none. Of a way by others it is the last one: the load at
     * its beginning then has a shorter way. The same input gives the same step.
     *
     * @param nodes in an order that decides between equals
     * @param canGive whether the first has a piece that the second can take
     */
    static <N> @Nullable Step<N> next(
            List<N> nodes, ToIntFunction<N> load, BiPredicate<N, N> canGive) {
        List<N> descending =
                nodes.stream().sorted(Comparator.comparingInt(load).reversed()).toList();
        List<N> ascending = nodes.stream().sorted(Comparator.comparingInt(load)).toList();
        for (N from : descending) {
            if (load.applyAsInt(from) - load.applyAsInt(ascending.getFirst()) < 2) {
                return null;
            }
            Step<N> step = lastOfShortestWay(from, ascending, load, canGive);
            if (step != null) {
                return step;
            }
        }
        return null;
    }

    private static <N> @Nullable Step<N> lastOfShortestWay(
            N from, List<N> ascending, ToIntFunction<N> load, BiPredicate<N, N> canGive) {
        Set<N> seen = new HashSet<>(List.of(from));
        ArrayDeque<N> reached = new ArrayDeque<>(List.of(from));
        while (!reached.isEmpty()) {
            N giver = reached.remove();
            for (N taker : ascending) {
                if (seen.contains(taker) || !canGive.test(giver, taker)) {
                    continue;
                }
                if (load.applyAsInt(taker) <= load.applyAsInt(from) - 2) {
                    return new Step<>(giver, taker);
                }
                seen.add(taker);
                reached.add(taker);
            }
        }
        return null;
    }
}
