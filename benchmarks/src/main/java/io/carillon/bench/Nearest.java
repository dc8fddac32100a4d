package io.carillon.bench;

import java.util.Collection;
import java.util.Comparator;
import java.util.NoSuchElementException;

/** Finds the word that the user may have meant. */
final class Nearest {
    private Nearest() {}

    /** The one of the words that takes the fewest letters to change, add or drop. */
    static String of(String written, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(written, word)))
                .orElseThrow(() -> new NoSuchElementException("no words"));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
