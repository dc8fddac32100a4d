package io.carillon.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of some words a misspelt one stands for, by the edits between them. */
final class Nearest {
    private static final int LENGTH_MAX = 200;

    private Nearest() {}

    /** The word that is surely near: a few edits away, or the same in another section. */
    static Optional<String> of(String wrong, Collection<String> words) {
        if (wrong.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String lower = wrong.toLowerCase(Locale.ROOT);
        int distanceMax = Math.clamp(last(wrong).length() / 3, 2, 4);
        Optional<String> nearest =
                words.stream()
                        .filter(word -> distance(lower, word) <= distanceMax)
                        .min(
                                Comparator.<String>comparingInt(word -> distance(lower, word))
                                        .thenComparing(Comparator.naturalOrder()));
        return nearest.isPresent()
                ? nearest
                : words.stream()
                        .filter(word -> last(word).equalsIgnoreCase(last(wrong)))
                        .sorted()
                        .findFirst();
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from a to b. */
    private static int distance(String a, String word) {
        String b = word.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int least = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                edits[i][j] = swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
            }
        }
        return edits[a.length()][b.length()];
    }
}
