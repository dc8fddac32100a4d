package io.carillon.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The load generator's report of one run, by its keys. */
public record RunReport(Map<?, ?> values) {
    /** A day of samples and more. */
    private static final int CHARACTERS_MAX = 1 << 26;

    /** Reads a report; JSON is YAML too. */
    public static RunReport read(Path file) throws CompareException {
        LoadSettings settings = LoadSettings.builder().setCodePointLimit(CHARACTERS_MAX).build();
        try (InputStream in = Files.newInputStream(file)) {
            if (new Load(settings).loadFromInputStream(in) instanceof Map<?, ?> values) {
                return new RunReport(values);
            }
            throw new CompareException(file + " holds no report");
        } catch (IOException | YamlEngineException e) {
            throw new CompareException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The number of a key, if there is one. */
    public OptionalDouble number(String key) {
        return number(values.get(key));
    }

    /** The most memory that the broker had in any second. */
    public OptionalDouble memoryBytes() {
        return samples().stream()
                .map(sample -> number(sample.get("brokerResidentBytes")))
                .flatMapToDouble(OptionalDouble::stream)
                .filter(bytes -> bytes > 0)
                .max();
    }

    /** What the generator found wrong. */
    public List<String> faults() {
        return values.get("faults") instanceof List<?> faults
                ? faults.stream().map(Object::toString).toList()
                : List.of();
    }

    private List<? extends Map<?, ?>> samples() {
        return values.get("samples") instanceof List<?> samples
                ? samples.stream()
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(Map.class::cast)
                        .toList()
                : List.of();
    }

    private static OptionalDouble number(@Nullable Object value) {
        return value instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }
}
