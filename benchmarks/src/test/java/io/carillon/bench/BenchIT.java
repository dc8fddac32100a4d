package io.carillon.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every scenario runs against the node's distribution and finds no fault. */
final class BenchIT {
    @TempDir Path folder;

    private BenchBroker broker;

    @BeforeEach
    void startBroker() throws IOException {
        broker = BenchBroker.start(folder.resolve("data"), List.of());
    }

    @AfterEach
    void killBroker() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "pairs --pairs 5 --count 200, delivered, 1000",
        "pairs --pairs 5 --count 200 --qos 1 --mqtt 5, delivered, 1000",
        "pairs --pairs 5 --count 200 --qos 2 --threads 2, delivered, 1000",
        "fan-out --subscribers 20 --count 50 --qos 1, delivered, 1000",
        "fan-in --publishers 20 --count 50 --qos 1 --threads 2, delivered, 1000",
        "pairs --pairs 5 --count 200 --rate 5000 --threads 2, delivered, 1000",
        "fan-out --subscribers 20 --count 50 --rate 1000, delivered, 1000",
        "fan-in --publishers 20 --count 50 --rate 5000, delivered, 1000",
        "single --pairs 20 --count 50 --qos 1, latencySamples, 1000",
        "shared --publishers 5 --members 4 --groups 2 --count 100, delivered, 1000",
        "shared --publishers 5 --groups 2 --count 100 --qos 1 --threads 2, delivered, 1000",
        "shared --publishers 5 --count 200 --qos 2 --rate 5000 --mqtt 5, delivered, 1000",
        "wildcards --pairs 5 --count 200 --filters 5000, filters, 5000",
        "wildcards --pairs 5 --count 200 --filters 5000 --mqtt 5, delivered, 1000",
        "latency --pairs 20 --count 50 --rate 2000 --qos 1, latencySamples, 1000",
        "mixed --pairs 2 --count 20 --subscribers 10 --mqtt 5, delivered, 1220",
        "idle --connections 100 --sources 3 --seconds 1, answered, 100",
        "connect --warmup 0 --seconds 1 --sources 3, failed, 0",
        "offline --pairs 5 --count 200 --mqtt 5, drained, 1000",
        "offline --pairs 5 --count 200 --qos 2, drained, 1000",
        "offline --pairs 2 --sessions 5 --count 100 --disk ., enqueued, 1000",
        "retained --publishers 2 --count 500 --mqtt 5, topics, 1000",
        "retained --publishers 2 --subscribers 3 --count 100 --qos 2, got, 600",
    })
    void runsWithoutFault(String command, String key, long count) throws IOException {
        Path json = folder.resolve("report.json");
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of("--address", broker.address("tcp"), "--json", json.toString()));
        words.addAll(List.of("--picture", folder.resolve("report.svg").toString()));
        words.addAll(List.of("--broker-pid", Long.toString(broker.pid())));

        int status = BenchMain.run(words);

        String report = Files.readString(json);
        assertEquals(0, status, report);
        assertTrue(report.contains("\"" + key + "\": " + count + ","), report);
    }
}
