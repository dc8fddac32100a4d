package io.carillon.bench.picture;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Drawings as SVG. */
final class Svg {
    private Svg() {}

    static String of(Drawing drawing) {
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                                + " viewBox=\"0 0 %d %d\" font-family=\"system-ui, 'Segoe UI',"
                                + " 'DejaVu Sans', sans-serif\">\n",
                        drawing.width(),
                        drawing.height(),
                        drawing.width(),
                        drawing.height()));
        drawing.marks().forEach(mark -> svg.append(element(mark)).append('\n'));
        return svg.append("</svg>\n").toString();
    }

    private static String element(Mark mark) {
        return switch (mark) {
            case Mark.Line line ->
                    String.format(
                            Locale.ROOT,
                            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\""
                                    + " stroke-width=\"%.1f\" stroke-opacity=\"%.2f\""
                                    + " stroke-linejoin=\"round\"/>",
                            points(line.points()),
                            color(line.ink()),
                            line.width(),
                            line.opacity());
            case Mark.Area area ->
                    String.format(
                            Locale.ROOT,
                            "<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"%.2f\"/>",
                            points(area.points()),
                            color(area.ink()),
                            area.opacity());
            case Mark.Label label ->
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" text-anchor=\"%s\""
                                    + " fill=\"%s\">%s</text>",
                            label.x(),
                            label.y(),
                            label.size(),
                            label.anchor().name().toLowerCase(Locale.ROOT),
                            color(label.ink()),
                            escaped(label.words()));
        };
    }

    private static String points(List<Mark.Point> points) {
        return points.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point.x(), point.y()))
                .collect(Collectors.joining(" "));
    }

    private static String color(Ink ink) {
        return String.format(Locale.ROOT, "#%06x", ink.rgb());
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
