package io.carillon.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Any bytes give a configuration or a {@link ConfigException}, and nothing else; what is accepted
 * can be printed and read back. The seeds run in each build; {@code JAZZER_FUZZ=1} looks for more.
 *
 * <p>A seed is a YAML file, after a line {@code %%} one {@code KEY=VALUE} per line, and after
 * another one variables of the environment in the same form.
 */
final class ConfigFuzzTest {

    @FuzzTest
    void configOrConfigException(byte[] input) throws ConfigException {
        String[] parts = new String(input, StandardCharsets.UTF_8).split("\n%%\n", 3);
        List<String> sets = parts.length > 1 ? List.of(parts[1].split("\n", -1)) : List.of();
        Map<String, String> environment = new HashMap<>();
        if (parts.length > 2) {
            for (String variable : parts[2].split("\n", -1)) {
                String[] nameAndValue = variable.split("=", 2);
                environment.put(nameAndValue[0], nameAndValue.length > 1 ? nameAndValue[1] : "");
            }
        }
        EffectiveConfig effective;
        try {
            effective = new ConfigReader(environment, "fuzz").read("fuzz.yaml", parts[0], sets);
        } catch (ConfigException e) {
            if (e.problems().isEmpty()) {
                throw new AssertionError("refused without a reason", e);
            }
            return;
        }
        effective.config().warnings();
        String yaml = effective.toYaml();
        CarillonConfig again =
                new ConfigReader(Map.of(), "other").read("printed.yaml", yaml, List.of()).config();
        if (!again.equals(effective.config())) {
            throw new AssertionError("reads back otherwise:\n" + yaml);
        }
    }
}
