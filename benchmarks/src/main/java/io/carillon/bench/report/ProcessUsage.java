package io.carillon.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes have used so far, as Linux tells it under {@code /proc}.
 *
 * @param cpuMicros user and system time of all threads, to the kernel's 10 ms
 * @param residentBytes memory in use (VmRSS)
 */
public record ProcessUsage(long cpuMicros, long residentBytes) {
    public static final ProcessUsage ZERO = new ProcessUsage(0, 0);

    /** Linux counts in hundredths of a second for user programs on every architecture of today. */
    private static final long MICROS_PER_TICK = 10_000;

    /**
     * The sum over those processes.
     *
     * @throws IOException if one is not there
     */
    public static ProcessUsage of(List<Long> pids) throws IOException {
        ProcessUsage sum = ZERO;
        for (long pid : pids) {
            ProcessUsage one = read(pid);
            sum =
                    new ProcessUsage(
                            sum.cpuMicros + one.cpuMicros, sum.residentBytes + one.residentBytes);
        }
        return sum;
    }

    private static ProcessUsage read(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        try {
            return parse(
                    Files.readString(folder.resolve("stat")),
                    Files.readString(folder.resolve("status")));
        } catch (NoSuchFileException e) {
            throw new IOException("no process " + pid + " (--broker-pid): did the broker stop?", e);
        }
    }

    static ProcessUsage parse(String stat, String status) {
        // The second field is the program's name in brackets and may itself hold blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        long residentKib =
                status.lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0);
        return new ProcessUsage(ticks * MICROS_PER_TICK, residentKib * 1_024);
    }

    public ProcessUsage since(ProcessUsage earlier) {
        return new ProcessUsage(
                cpuMicros - earlier.cpuMicros, residentBytes - earlier.residentBytes);
    }
}
