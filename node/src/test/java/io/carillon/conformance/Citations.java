package io.carillon.conformance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the citations in Java sources. */
final class Citations {
    /** Also what only looks like a citation, so that a slip of the pen is found. */
    private static final Pattern CITATION = Pattern.compile("\\[MQTT\\d*-\\d[^\\]\\n]*\\]");

    private final Path node;

    Citations(Path node) {
        this.node = node;
    }

    /** Those in the code of {@code node}. */
    List<Citation> inCode() {
        return in(node.resolve("src/main/java"));
    }

    /** Those in the tests of all modules, except this package's own. */
    List<Citation> inTests() {
        List<Citation> found = new ArrayList<>();
        Path own = node.resolve("src/test/java/io/carillon/conformance");
        for (Path module : list(node.resolveSibling(""))) {
            for (Citation citation : in(module.resolve("src/test/java"))) {
                if (!node.resolve(citation.file()).normalize().startsWith(own)) {
                    found.add(citation);
                }
            }
        }
        return found;
    }

    private List<Citation> in(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .flatMap(file -> in(file, read(file)).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Citation> in(Path file, String source) {
        Matcher matcher = CITATION.matcher(source);
        if (!matcher.find()) {
            return List.of();
        }
        String link = node.relativize(file).toString().replace(File.separatorChar, '/');
        String name = link.substring(link.lastIndexOf('/') + 1, link.lastIndexOf('.'));
        JavaMembers members = new JavaMembers(source, name);
        List<Citation> found = new ArrayList<>();
        do {
            found.add(new Citation(matcher.group(), link, members.nameAt(matcher.start())));
        } while (matcher.find());
        return found;
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
