package io.carillon.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.bench.picture.Drawing;
import io.carillon.bench.picture.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunPictureTest {
    private final Report report = new Report();

    @Test
    void showsMessagesLatencyCpuAndMemory() {
        Latency latency = new Latency();
        for (int i = 1; i <= 1_000; i++) {
            latency.record(i * 10_000L);
        }
        report.samples(List.of(sample(1, 100, 0.5), sample(2, 200, 0.7)))
                .latencyCurve(latency.curve());

        List<String> labels = labels(RunPicture.of("title", "subtitle", report));

        assertTrue(
                labels.containsAll(
                        List.of(
                                "title",
                                "subtitle",
                                "messages per second, by seconds",
                                "latency by percentile, µs",
                                "broker CPU, cores busy, by seconds",
                                "broker memory, MiB, by seconds",
                                "99.9 %")),
                labels::toString);
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        report.samples(List.of(sample(1, 100, 0)));

        List<String> labels = labels(RunPicture.of("title", "subtitle", report));

        assertEquals(
                List.of("messages per second, by seconds"),
                labels.stream().filter(label -> label.contains("by ")).toList());
    }

    private static Sample sample(int second, double rate, double cores) {
        return new Sample(second, "measure", rate, rate, rate, cores, cores > 0 ? 1 << 24 : 0);
    }

    private static List<String> labels(Drawing drawing) {
        return drawing.marks().stream()
                .filter(Mark.Label.class::isInstance)
                .map(mark -> ((Mark.Label) mark).words())
                .toList();
    }
}
