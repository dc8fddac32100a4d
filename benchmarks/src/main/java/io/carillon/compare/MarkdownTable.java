package io.carillon.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in Markdown whose columns are aligned in the text too. One thread. */
public final class MarkdownTable {
    /** The rule under the head needs a dash and a colon. */
    private static final int WIDTH_MIN = 2;

    private final List<List<String>> rows = new ArrayList<>();
    private final int wordColumns;

    /**
     * An empty table.
     *
     * @param wordColumns how many columns from the left are words, and not numbers to the right
     */
    public MarkdownTable(int wordColumns, String... head) {
        this.wordColumns = wordColumns;
        rows.add(List.of(head));
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if it has not as many cells as the head
     */
    public MarkdownTable row(List<String> cells) {
        if (cells.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException(cells + " do not fit under " + rows.getFirst());
        }
        rows.add(cells.stream().map(cell -> cell.replace("|", "\\|")).toList());
        return this;
    }

    public String text() {
        int[] widths = new int[rows.getFirst().size()];
        Arrays.fill(widths, WIDTH_MIN);
        for (List<String> row : rows) {
            Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length()));
        }
        StringBuilder text = new StringBuilder();
        text.append(line(rows.getFirst(), widths));
        List<String> rule = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            rule.add(i < wordColumns ? "-".repeat(widths[i]) : "-".repeat(widths[i] - 1) + ":");
        }
        text.append(line(rule, widths));
        rows.stream().skip(1).forEach(row -> text.append(line(row, widths)));
        return text.toString();
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String blanks = " ".repeat(widths[i] - cell.length());
            line.append(' ').append(i < wordColumns ? cell + blanks : blanks + cell).append(" |");
        }
        return line.append('\n').toString();
    }
}
