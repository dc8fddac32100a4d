package io.carillon.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.bench.report.Latency;
import io.carillon.bench.report.Report;
import io.carillon.bench.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the load generator is called, and how its report is read. */
final class GeneratorTest {
    private static final LoadCase LOAD =
            LoadCase.timed("pairs-q1", "pairs q1", Section.TRANSIENT, "pairs --qos 1");

    @TempDir Path folder;

    @Test
    void isToldWhereAndHowLong() throws CompareException {
        Target target = Target.of(new GivenBroker("x", "h", 1, OptionalLong.of(7)));

        assertEquals(
                "bench pairs --qos 1 --seconds 5 --warmup 2 --address h:1 --json j --broker-pid 7",
                String.join(" ", generator("bench").command(LOAD, target, Path.of("j"))));
    }

    @Test
    void goesToTheTlsListenerForTls() throws CompareException {
        Target target = new Target("x", "h", 1, OptionalInt.of(2), OptionalLong.empty());
        LoadCase tls = LOAD.overTls("t", "t", Section.TLS);

        String command = String.join(" ", generator("bench").command(tls, target, Path.of("j")));

        assertTrue(command.contains("--tls --insecure"), command);
        assertTrue(command.contains("--address h:2"), command);
        Target plain = Target.of(new GivenBroker("x", "h", 1, OptionalLong.empty()));
        assertThrows(
                CompareException.class, () -> generator("bench").command(tls, plain, Path.of("j")));
    }

    @Test
    void saysWhyThereIsNoReport() {
        Target target = Target.of(new GivenBroker("x", "h", 1, OptionalLong.empty()));

        CompareException e =
                assertThrows(
                        CompareException.class,
                        () -> generator("no-such").run(LOAD, target, folder.resolve("j")));

        assertTrue(e.getMessage().startsWith("the load generator cannot be run"), e.getMessage());
    }

    @Test
    void itsReportIsReadByKeys() throws IOException, CompareException {
        Path file = folder.resolve("report.json");
        Report report =
                new Report()
                        .add("deliveredPerSecond", "", 12.5)
                        .add("brokerCpuMicrosPerMessage", "", Double.NaN)
                        .samples(
                                List.of(
                                        new Sample(1, "measure", 1, 1, 1, 1, 2048),
                                        new Sample(2, "measure", 1, 1, 1, 1, 1024)))
                        .latencyCurve(List.of(new Latency.Step(50, 7)))
                        .fault("a \"fault\"");
        Files.writeString(file, report.json());

        RunReport read = RunReport.read(file);

        assertEquals(OptionalDouble.of(12.5), read.number("deliveredPerSecond"));
        assertEquals(OptionalDouble.empty(), read.number("brokerCpuMicrosPerMessage"));
        assertEquals(OptionalDouble.empty(), read.number("nothing"));
        assertEquals(OptionalDouble.of(2048), read.memoryBytes());
        assertEquals(List.of("a \"fault\""), read.faults());
    }

    @Test
    void aFileThatIsNoReportIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("report.json"), "{ \"delivered");

        CompareException e = assertThrows(CompareException.class, () -> RunReport.read(file));

        assertTrue(e.getMessage().contains("report.json"), e.getMessage());
    }

    private Generator generator(String program) {
        return new Generator(Path.of(program), folder, 5, 2);
    }
}
