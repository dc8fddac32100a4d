package io.carillon.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The machine that a run was on.
 *
 * @param processor the name that Linux knows, or the architecture
 * @param memoryBytes all there is; 0 if unknown
 */
public record Machine(int cores, String processor, long memoryBytes, String kernel, String jdk) {

    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
                kib(field("/proc/meminfo", "MemTotal", "0")) * 1_024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cores", cores);
        json.put("processor", processor);
        json.put("memoryBytes", memoryBytes);
        json.put("kernel", kernel);
        json.put("jdk", jdk);
        return json;
    }

    private static String field(String file, String name, String otherwise) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            // Not every system has /proc; its absence is no reason to fail a run.
            return otherwise;
        }
    }

    private static long kib(String text) {
        return Long.parseLong(text.replaceAll("\\D", ""));
    }
}
