package io.carillon.bench.report;

import io.carillon.bench.picture.Axis;
import io.carillon.bench.picture.Drawing;
import io.carillon.bench.picture.Ink;
import io.carillon.bench.picture.LineChart;
import io.carillon.bench.picture.LineChart.Series;
import io.carillon.bench.picture.Mark;
import io.carillon.bench.picture.Mark.Anchor;
import io.carillon.bench.picture.Mark.Point;
import io.carillon.bench.picture.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The picture of a run: messages, CPU and memory second by second, and how latencies were spread. A
 * chart without values is left out.
 */
public final class RunPicture {
    private static final int COLUMN_WIDTH = 440;
    private static final int ROW_HEIGHT = 220;
    private static final int HEAD_HEIGHT = 58;
    private static final double MIB = 1 << 20;

    private final Report report;
    private final List<Sample> samples;

    private RunPicture(Report report) {
        this.report = report;
        this.samples = report.samples();
    }

    public static Drawing of(String title, String subtitle, Report report) {
        return new RunPicture(report).draw(title, subtitle);
    }

    private Drawing draw(String title, String subtitle) {
        List<LineChart> charts = charts();
        int rows = Math.max(1, (charts.size() + 1) / 2);
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark.Label(16, 24, title, 15, Anchor.START, Ink.TEXT));
        marks.add(new Mark.Label(16, 44, subtitle, 11, Anchor.START, Ink.TEXT));
        for (int i = 0; i < charts.size(); i++) {
            double x = i % 2 * COLUMN_WIDTH;
            double y = HEAD_HEIGHT + i / 2 * ROW_HEIGHT;
            marks.addAll(charts.get(i).draw(x, y, COLUMN_WIDTH, ROW_HEIGHT));
        }
        return new Drawing(2 * COLUMN_WIDTH, HEAD_HEIGHT + rows * ROW_HEIGHT, marks);
    }

    private List<LineChart> charts() {
        List<LineChart> charts = new ArrayList<>();
        if (holds(Sample::sentPerSecond) || holds(Sample::deliveredPerSecond)) {
            charts.add(
                    overTime(
                            "messages per second",
                            line("sent", Ink.ORANGE, Sample::sentPerSecond),
                            line("delivered", Ink.BLUE, Sample::deliveredPerSecond)));
        }
        if (!report.latencyCurve().isEmpty()) {
            charts.add(latency(report.latencyCurve()));
        }
        if (holds(Sample::brokerResidentBytes)) {
            charts.add(
                    overTime(
                            "broker CPU, cores busy",
                            line("broker", Ink.GREEN, Sample::brokerCores)));
            charts.add(
                    overTime(
                            "broker memory, MiB",
                            line("resident", Ink.PURPLE, s -> s.brokerResidentBytes() / MIB)));
        }
        return charts;
    }

    private boolean holds(ToDoubleFunction<Sample> value) {
        return samples.stream().anyMatch(sample -> value.applyAsDouble(sample) > 0);
    }

    private Series line(String name, Ink ink, ToDoubleFunction<Sample> value) {
        return new Series(
                name,
                ink,
                samples.stream()
                        .map(sample -> new Point(sample.atSecond(), value.applyAsDouble(sample)))
                        .toList());
    }

    private LineChart overTime(String title, Series... lines) {
        double high = 0;
        for (Series line : lines) {
            high = Math.max(high, highest(line));
        }
        double end = samples.isEmpty() ? 1 : samples.getLast().atSecond();
        return new LineChart(
                title + ", by seconds", Axis.time(end), Axis.linear(0, high), List.of(lines));
    }

    private static LineChart latency(List<Latency.Step> curve) {
        // The last step is the longest time, at 100 %, which has no place among the nines.
        List<Latency.Step> steps = curve.stream().filter(step -> step.percent() < 100).toList();
        List<Point> points =
                steps.stream()
                        .map(step -> new Point(step.percent(), Math.max(1, step.micros())))
                        .toList();
        double worst = points.isEmpty() ? 90 : Math.max(90, points.getLast().x());
        double least = points.isEmpty() ? 1 : points.getFirst().y();
        double most = points.isEmpty() ? 10 : points.getLast().y();
        Series line = new Series("longest " + longest(curve), Ink.BLUE, points);
        return new LineChart(
                "latency by percentile, µs",
                Axis.percentiles(worst),
                most > 20 * least ? Axis.logarithmic(least, most) : Axis.linear(0, most),
                List.of(line));
    }

    private static String longest(List<Latency.Step> curve) {
        return Numbers.brief(curve.getLast().micros()) + " µs";
    }

    private static double highest(Series line) {
        return line.points().stream().mapToDouble(Point::y).max().orElse(0);
    }
}
