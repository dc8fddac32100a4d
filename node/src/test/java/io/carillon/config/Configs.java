package io.carillon.config;

import java.util.List;
import java.util.Map;

/** Reads configurations of text and maps, for tests. */
final class Configs {
    private Configs() {}

    static EffectiveConfig effective(String yaml, Map<String, String> environment, String... sets)
            throws ConfigException {
        return new ConfigReader(environment, "host-1.example.org")
                .read("test.yaml", yaml, List.of(sets));
    }

    static CarillonConfig read(String yaml, String... sets) throws ConfigException {
        return effective(yaml, Map.of(), sets).config();
    }

    /** What is wrong with a configuration; empty if nothing is. */
    static List<String> problems(String yaml, Map<String, String> environment, String... sets) {
        try {
            effective(yaml, environment, sets);
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }

    static List<String> problems(String yaml, String... sets) {
        return problems(yaml, Map.of(), sets);
    }
}
