package io.carillon.compare;

import io.carillon.bench.report.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The folder that a comparison leaves its results in. */
record ResultFiles(Path folder) {

    /** Empties what the comparison before left there. */
    static ResultFiles make(Path folder) throws CompareException {
        ResultFiles files = new ResultFiles(folder.toAbsolutePath());
        try {
            BrokerFolder.clear(files.raw());
            BrokerFolder.clear(files.configurations());
            Files.createDirectories(files.raw());
            Files.createDirectories(files.configurations());
            return files;
        } catch (IOException e) {
            throw new CompareException("results cannot be written to " + folder + ": " + e, e);
        }
    }

    Path raw() {
        return folder.resolve("raw");
    }

    private Path configurations() {
        return folder.resolve("conf");
    }

    /** Keeps how a broker is configured. */
    void keepConfiguration(Broker broker) throws IOException {
        for (String file : broker.configuration()) {
            Files.copy(
                    broker.folder().resolve(file),
                    configurations().resolve(broker.name() + "-" + file));
        }
    }

    /** Writes the page, the chart and the medians. */
    void write(ComparisonPage page, List<LoadCase> loads) throws IOException {
        Results results = page.results();
        Files.writeString(folder.resolve("comparison.md"), page.text());
        List<LoadCase> charted =
                loads.stream().filter(load -> load.section() == Section.TRANSIENT).toList();
        if (!charted.isEmpty()) {
            String subtitle =
                    page.machine().processor()
                            + ", "
                            + page.machine().cores()
                            + " cores, "
                            + page.began();
            ComparisonPicture.of(results, charted, subtitle)
                    .write(folder.resolve("comparison.svg"));
        }
        Files.writeString(folder.resolve("results.json"), Json.document(json(page, loads)));
    }

    private static Map<String, Object> json(ComparisonPage page, List<LoadCase> loads) {
        Results results = page.results();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("began", page.began());
        json.put("machine", page.machine().json());
        json.put("rounds", page.options().rounds());
        json.put("seconds", page.options().seconds());
        json.put("missing", page.missing());
        List<Map<String, Object>> medians = new ArrayList<>();
        for (LoadCase load : loads) {
            for (Figure figure : load.figures()) {
                for (String broker : results.brokers()) {
                    medians.add(median(results, load, figure, broker));
                }
            }
        }
        json.put("medians", medians);
        json.put("runs", results.outcomes().stream().map(Outcome::json).toList());
        return json;
    }

    private static Map<String, Object> median(
            Results results, LoadCase load, Figure figure, String broker) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("load", load.name());
        json.put("figure", figure.rateKey());
        json.put("broker", broker);
        json.put("perSecond", results.median(load.name(), broker, figure.rateKey()));
        json.put("brokerCpuMicros", results.median(load.name(), broker, figure.cpuKey()));
        json.put("memoryBytes", results.memoryBytes(load.name(), broker));
        for (String key :
                List.of("latencyMicrosP50", "latencyMicrosP99", "ownCpuMicrosPerMessage")) {
            json.put(key, results.median(load.name(), broker, key));
        }
        return json;
    }
}
