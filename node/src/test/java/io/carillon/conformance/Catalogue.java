package io.carillon.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the statements of a standard from its tab-separated list. */
final class Catalogue {
    static final int SUMMARY_LENGTH_MAX = 110;

    private static final Pattern ID = Pattern.compile("MQTT-(\\d+\\.\\d+\\.\\d+-\\d+)");

    private Catalogue() {}

    static List<Statement> read(Standard standard) {
        String resource = "/conformance/" + standard.file();
        try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return parse(standard, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Statement> parse(Standard standard, String text) {
        List<Statement> statements = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int lineNumber = 0;
        for (String line : text.lines().toList()) {
            lineNumber++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\t", -1);
            var id = ID.matcher(columns[0]);
            if (columns.length < 3 || columns.length > 4 || !id.matches()) {
                throw malformed(standard, lineNumber, "want id, side, summary, exemption?", line);
            }
            if (!seen.add(columns[0])) {
                throw malformed(standard, lineNumber, "id occurs twice", line);
            }
            if (columns[2].isBlank() || columns[2].length() > SUMMARY_LENGTH_MAX) {
                throw malformed(standard, lineNumber, "summary is empty or too long", line);
            }
            statements.add(
                    new Statement(
                            standard,
                            id.group(1),
                            Statement.Side.valueOf(columns[1].toUpperCase(Locale.ROOT)),
                            columns[2],
                            columns.length == 4 ? columns[3] : ""));
        }
        return List.copyOf(statements);
    }

    private static IllegalArgumentException malformed(
            Standard standard, int lineNumber, String cause, String line) {
        return new IllegalArgumentException(
                standard.file() + ":" + lineNumber + ": " + cause + ": " + line);
    }
}
