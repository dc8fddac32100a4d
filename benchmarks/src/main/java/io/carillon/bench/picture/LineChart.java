package io.carillon.bench.picture;

import io.carillon.bench.picture.Mark.Anchor;
import io.carillon.bench.picture.Mark.Point;
import java.util.ArrayList;
import java.util.List;

/** Lines over a common axis, with a frame of grid lines, a title and a legend. */
public record LineChart(String title, Axis across, Axis up, List<Series> series) {
    /** A named line; its points are values, not places. */
    public record Series(String name, Ink ink, List<Point> points) {}

    private static final double LEFT = 52;
    private static final double RIGHT = 26;
    private static final double TOP = 30;
    private static final double BOTTOM = 24;

    public LineChart {
        series = List.copyOf(series);
    }

    /** Draws it into the rectangle at x and y. */
    public List<Mark> draw(double x, double y, double width, double height) {
        List<Mark> marks = new ArrayList<>();
        Frame frame =
                new Frame(x + LEFT, y + TOP, width - LEFT - RIGHT, height - TOP - BOTTOM, this);
        marks.add(new Mark.Label(x + LEFT, y + 14, title, 13, Anchor.START, Ink.TEXT));
        legend(marks, x + width - RIGHT, y + 14);
        frame.grid(marks);
        for (Series line : series) {
            frame.line(marks, line);
        }
        return marks;
    }

    private void legend(List<Mark> marks, double right, double y) {
        double end = right;
        for (Series line : series.reversed()) {
            marks.add(new Mark.Label(end, y, line.name(), 11, Anchor.END, line.ink()));
            // Letters are about so wide; a little more is no harm.
            end -= line.name().length() * 6.4 + 14;
        }
    }

    private record Frame(double x, double y, double width, double height, LineChart chart) {
        Point place(Point value) {
            return new Point(
                    x + width * chart.across.at(value.x()),
                    y + height * (1 - chart.up.at(value.y())));
        }

        void grid(List<Mark> marks) {
            for (Axis.Tick tick : chart.up.ticks()) {
                double at = y + height * (1 - chart.up.at(tick.value()));
                marks.add(Mark.line(x, at, x + width, at, Ink.GRID, 0.3));
                marks.add(new Mark.Label(x - 6, at + 4, tick.words(), 11, Anchor.END, Ink.TEXT));
            }
            for (Axis.Tick tick : chart.across.ticks()) {
                double at = x + width * chart.across.at(tick.value());
                marks.add(Mark.line(at, y + height, at, y + height + 4, Ink.GRID, 0.6));
                marks.add(
                        new Mark.Label(
                                at, y + height + 17, tick.words(), 11, Anchor.MIDDLE, Ink.TEXT));
            }
        }

        void line(List<Mark> marks, Series series) {
            List<Point> places = series.points().stream().map(this::place).toList();
            if (places.isEmpty()) {
                return;
            }
            List<Point> outline = new ArrayList<>(places);
            outline.add(new Point(places.getLast().x(), y + height));
            outline.add(new Point(places.getFirst().x(), y + height));
            marks.add(new Mark.Area(outline, series.ink(), 0.12));
            marks.add(new Mark.Line(places, series.ink(), 2, 1));
        }
    }
}
