package io.carillon.bench.picture;

import java.util.List;

/** Something on a drawing; lengths are pixels from the upper left corner. */
public sealed interface Mark {

    /** A place. */
    record Point(double x, double y) {}

    /** A line from point to point. */
    record Line(List<Point> points, Ink ink, double width, double opacity) implements Mark {}

    /** A filled outline. */
    record Area(List<Point> points, Ink ink, double opacity) implements Mark {}

    /** A line of words; {@code x} is its start, middle or end, {@code y} its base line. */
    record Label(double x, double y, String words, double size, Anchor anchor, Ink ink)
            implements Mark {}

    /** Which part of a label stands at its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    static Line line(double x1, double y1, double x2, double y2, Ink ink, double opacity) {
        return new Line(List.of(new Point(x1, y1), new Point(x2, y2)), ink, 1, opacity);
    }

    static Area box(double x, double y, double width, double height, Ink ink) {
        return new Area(
                List.of(
                        new Point(x, y),
                        new Point(x + width, y),
                        new Point(x + width, y + height),
                        new Point(x, y + height)),
                ink,
                1);
    }
}
