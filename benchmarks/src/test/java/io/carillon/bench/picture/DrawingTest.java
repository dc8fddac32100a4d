package io.carillon.bench.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.bench.picture.LineChart.Series;
import io.carillon.bench.picture.Mark.Anchor;
import io.carillon.bench.picture.Mark.Point;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

final class DrawingTest {
    private static final Drawing DRAWING =
            new Drawing(
                    100,
                    50,
                    List.of(
                            Mark.box(10, 10, 40, 20, Ink.BLUE),
                            new Mark.Label(90, 45, "a < b & c", 10, Anchor.END, Ink.TEXT)));

    @TempDir Path folder;

    @Test
    void isAnSvgThatParses() throws Exception {
        Path file = folder.resolve("drawing.svg");

        DRAWING.write(file);

        Document svg =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertEquals("100", svg.getDocumentElement().getAttribute("width"));
        assertEquals("a < b & c", svg.getElementsByTagName("text").item(0).getTextContent());
        assertEquals(1, svg.getElementsByTagName("polygon").getLength());
    }

    @Test
    void isAPngOfTwiceTheSizeWithoutAGroundOfItsOwn() throws IOException {
        Path file = folder.resolve("drawing.png");

        DRAWING.write(file);

        BufferedImage png = ImageIO.read(file.toFile());
        assertEquals(200, png.getWidth());
        assertEquals(0xff000000 | Ink.BLUE.rgb(), png.getRGB(40, 40));
        assertEquals(0, png.getRGB(198, 2));
    }

    @Test
    void saysWhichNamesItTakes() {
        Path file = folder.resolve("drawing.gif");

        IOException e = assertThrows(IOException.class, () -> DRAWING.write(file));

        assertTrue(e.getMessage().contains(".svg or .png"), e.getMessage());
        assertTrue(Files.notExists(file));
    }

    @Test
    void aChartPutsItsValuesBetweenItsAxes() {
        Series line = new Series("rate", Ink.GREEN, List.of(new Point(0, 0), new Point(10, 100)));
        LineChart chart = new LineChart("title", Axis.time(10), Axis.linear(0, 100), List.of(line));

        List<Mark> marks = chart.draw(0, 0, 400, 200);

        Mark.Line drawn =
                marks.stream()
                        .filter(Mark.Line.class::isInstance)
                        .map(Mark.Line.class::cast)
                        .filter(mark -> mark.ink() == Ink.GREEN)
                        .findFirst()
                        .orElseThrow();
        Point first = drawn.points().getFirst();
        Point last = drawn.points().getLast();
        assertTrue(first.x() < last.x() && first.y() > last.y(), drawn::toString);
        assertNotEquals(0, first.x());
        assertTrue(last.x() < 400 && last.y() > 0, drawn::toString);
    }
}
