package io.carillon.bench.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Drawings as PNG, two pixels for one, on a machine without a screen. */
final class Png {
    private static final int SCALE = 2;

    private Png() {}

    static void write(Drawing drawing, Path file) throws IOException {
        System.setProperty("java.awt.headless", "true");
        BufferedImage image =
                new BufferedImage(
                        drawing.width() * SCALE,
                        drawing.height() * SCALE,
                        BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(SCALE, SCALE);
            graphics.setRenderingHint(
                    RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(
                    RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            drawing.marks().forEach(mark -> draw(graphics, mark));
        } catch (InternalError | UnsatisfiedLinkError | NoClassDefFoundError e) {
            // Java draws letters by means of the system.
            throw new IOException(
                    "this machine cannot draw letters for a PNG (it needs the packages fontconfig"
                            + " and a font); an .svg needs neither",
                    e);
        } finally {
            graphics.dispose();
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static void draw(Graphics2D graphics, Mark mark) {
        switch (mark) {
            case Mark.Line line -> {
                graphics.setColor(color(line.ink(), line.opacity()));
                graphics.setStroke(
                        new BasicStroke(
                                (float) line.width(),
                                BasicStroke.CAP_BUTT,
                                BasicStroke.JOIN_ROUND));
                graphics.draw(path(line.points()));
            }
            case Mark.Area area -> {
                graphics.setColor(color(area.ink(), area.opacity()));
                graphics.fill(path(area.points()));
            }
            case Mark.Label label -> {
                graphics.setColor(color(label.ink(), 1));
                graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, (int) label.size()));
                int width = graphics.getFontMetrics().stringWidth(label.words());
                double shift =
                        switch (label.anchor()) {
                            case START -> 0;
                            case MIDDLE -> width / 2.0;
                            case END -> width;
                        };
                graphics.drawString(label.words(), (float) (label.x() - shift), (float) label.y());
            }
        }
    }

    private static Path2D path(List<Mark.Point> points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points.getFirst().x(), points.getFirst().y());
        points.stream().skip(1).forEach(point -> path.lineTo(point.x(), point.y()));
        return path;
    }

    private static Color color(Ink ink, double opacity) {
        return new Color((int) Math.round(opacity * 255) << 24 | ink.rgb(), true);
    }
}
