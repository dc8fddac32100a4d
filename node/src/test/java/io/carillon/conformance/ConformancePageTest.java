package io.carillon.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConformancePageTest {
    private static final Path NODE = Path.of("/project/node");

    private static List<Statement> statements() {
        List<Statement> all = new ArrayList<>();
        all.addAll(
                Catalogue.parse(
                        Standard.V3_1_1,
                        """
                        # comment
                        MQTT-1.0.0-1\tserver\tkeep it
                        MQTT-7.0.0-1\tserver\tbridge\tno bridge here
                        """));
        all.addAll(
                Catalogue.parse(
                        Standard.V5_0,
                        """
                        MQTT-1.0.0-1\tboth\ta | b
                        MQTT-1.0.0-2\tclient\tfor clients
                        """));
        return all;
    }

    private static List<Citation> citations(String file, String source) {
        return new Citations(NODE).in(NODE.resolve(file).normalize(), source);
    }

    @Test
    void aRowLinksCodeAndTests() {
        List<Citation> code =
                citations(
                        "src/main/java/A.java",
                        """
                        class A {
                            // [MQTT-1.0.0-1] and again [MQTT-1.0.0-1]
                            void a() {}
                            // [MQTT-1.0.0-1] [MQTT-SN] [MQTT]
                            void b() {}
                        }
                        """);
        List<Citation> tests =
                citations("../cluster/src/test/java/B.java", "/** [MQTT3-1.0.0-1] */ class B {}");
        ConformancePage page = new ConformancePage(statements(), code, tests);

        String text = page.render();

        assertEquals(List.of(), page.unknown());
        assertLine(
                text,
                "| `[MQTT-1.0.0-1]` | a \\| b | [A#a](src/main/java/A.java)"
                        + "<br>[A#b](src/main/java/A.java) |  |");
        assertLine(
                text, "| `[MQTT3-1.0.0-1]` | keep it |  | [B](../cluster/src/test/java/B.java) |");
        assertLine(text, "| `[MQTT3-7.0.0-1]` | bridge | not applicable: no bridge here |  |");
        assertTrue(!text.contains("for clients"));
        assertLine(
                text,
                "- MQTT 5.0: 1 server-side statements, with code: 1, with test: 0,"
                        + " not applicable: 0");
        assertLine(text, "  (1 more bind only clients)");
    }

    @Test
    void whatNoStandardSaysIsUnknown() {
        List<Citation> code =
                citations(
                        "src/main/java/A.java",
                        "// [MQTT-1.0.0-2] [MQTT-1.0.0-3] [MQTT3-1.0.0.1] [MQTT5-1.0.0-1]"
                                + " [MQTT-1.0.0-1, 2]");
        assertEquals(
                List.of(
                        "[MQTT-1.0.0-3]",
                        "[MQTT3-1.0.0.1]",
                        "[MQTT5-1.0.0-1]",
                        "[MQTT-1.0.0-1, 2]"),
                new ConformancePage(statements(), code, List.of())
                        .unknown().stream().map(Citation::id).toList());
    }

    @Test
    void aMalformedListNamesItsLine() {
        for (String line :
                List.of(
                        "MQTT-1.0-1\tboth\tbad id",
                        "MQTT-1.0.0-1\tboth",
                        "MQTT-1.0.0-1\tboth\t" + "x".repeat(Catalogue.SUMMARY_LENGTH_MAX + 1))) {
            var e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> Catalogue.parse(Standard.V5_0, "# first\n" + line));
            assertTrue(e.getMessage().startsWith("mqtt-5.0.tsv:2: "), e.getMessage());
        }
    }

    /** The sizes of both appendices, so that a lost line is noticed. */
    @Test
    void theListsAreComplete() {
        assertEquals(141, Catalogue.read(Standard.V3_1_1).size());
        assertEquals(251, Catalogue.read(Standard.V5_0).size());
    }

    private static void assertLine(String text, String line) {
        assertTrue(text.lines().anyMatch(line::equals), () -> line + "\nnot in\n" + text);
    }
}
