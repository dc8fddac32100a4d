package io.carillon.compare;

import io.carillon.bench.picture.Drawing;
import io.carillon.bench.picture.Ink;
import io.carillon.bench.picture.Mark;
import io.carillon.bench.picture.Mark.Anchor;
import io.carillon.bench.picture.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * The chart of the comparison: a row for each load, and in it a bar for each broker, on the left
 * its CPU time for a message and on the right its rate. Loads differ by a factor of a thousand, so
 * each row has a scale of its own.
 */
final class ComparisonPicture {
    private static final int WIDTH = 880;
    private static final int HEAD = 76;
    private static final int BAR = 13;
    private static final int ROW_GAP = 16;
    private static final int NAMES = 150;
    private static final int BARS = 290;
    private static final int COLUMN = 365;

    private final Results results;
    private final List<String> brokers;
    private final List<Mark> marks = new ArrayList<>();

    private ComparisonPicture(Results results) {
        this.results = results;
        this.brokers = results.brokers();
    }

    /** The chart of those loads; of each its first figure. */
    static Drawing of(Results results, List<LoadCase> loads, String subtitle) {
        return new ComparisonPicture(results).draw(loads, subtitle);
    }

    private Drawing draw(List<LoadCase> loads, String subtitle) {
        label(16, 24, "CPU time of a message and messages per second, by broker", 15, Ink.TEXT);
        label(16, 43, subtitle, 11, Ink.TEXT);
        label(NAMES, 66, "broker CPU, µs per message (short is good)", 12, Ink.TEXT);
        label(NAMES + COLUMN, 66, "messages per second (long is good)", 12, Ink.TEXT);
        double y = HEAD;
        for (LoadCase load : loads) {
            row(load, y);
            y += brokers.size() * BAR + ROW_GAP;
        }
        legend(y + 10);
        return new Drawing(WIDTH, (int) y + 24, marks);
    }

    private void row(LoadCase load, double y) {
        double middle = y + brokers.size() * BAR / 2.0 + 4;
        marks.add(new Mark.Label(NAMES - 12, middle, load.title(), 12, Anchor.END, Ink.TEXT));
        Figure figure = load.figures().getFirst();
        bars(NAMES, y, values(load, figure.cpuKey()));
        bars(NAMES + COLUMN, y, values(load, figure.rateKey()));
    }

    private List<Double> values(LoadCase load, String key) {
        return brokers.stream().map(name -> results.median(load.name(), name, key)).toList();
    }

    private void bars(double x, double y, List<Double> values) {
        double most = values.stream().filter(Double::isFinite).max(Double::compare).orElse(1.0);
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            double top = y + i * BAR;
            double length = Double.isFinite(value) ? Math.max(1, BARS * value / most) : 0;
            if (length > 0) {
                marks.add(Mark.box(x, top, length, BAR - 3, Ink.ofSeries(i)));
            }
            label(x + length + 5, top + BAR - 4, Numbers.brief(value), 10, Ink.TEXT);
        }
        marks.add(Mark.line(x, y - 3, x, y + values.size() * BAR, Ink.GRID, 0.6));
    }

    private void legend(double y) {
        double x = NAMES;
        for (int i = 0; i < brokers.size(); i++) {
            marks.add(Mark.box(x, y - 9, 10, 10, Ink.ofSeries(i)));
            label(x + 15, y, brokers.get(i), 12, Ink.TEXT);
            x += 40 + brokers.get(i).length() * 7;
        }
    }

    private void label(double x, double y, String words, double size, Ink ink) {
        marks.add(new Mark.Label(x, y, words, size, Anchor.START, ink));
    }
}
