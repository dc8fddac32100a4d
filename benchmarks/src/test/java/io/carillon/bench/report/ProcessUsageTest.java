package io.carillon.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessUsageTest {

    @Test
    void readsTheFieldsAlsoBehindANameWithBlanksAndBrackets() {
        String stat = "77 (a (b) c) S 1 77 77 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 9 0 1 2 3 4 5";

        ProcessUsage usage =
                ProcessUsage.parse(stat, "Name:\ta\nVmRSS:\t   2048 kB\nThreads:\t9\n");

        assertEquals(new ProcessUsage(3_000_000, 2 << 20), usage);
    }

    @Test
    void readsThisProcess() throws IOException {
        ProcessUsage usage = ProcessUsage.of(List.of(ProcessHandle.current().pid()));

        assertTrue(usage.residentBytes() > 1 << 20, usage::toString);
    }

    @Test
    void namesTheProcessThatIsNotThere() {
        IOException e =
                assertThrows(
                        IOException.class,
                        () -> ProcessUsage.of(List.of((long) Integer.MAX_VALUE)));

        assertTrue(e.getMessage().contains("no process " + Integer.MAX_VALUE), e.getMessage());
    }
}
