package io.carillon.bench.scenario;

import io.carillon.bench.client.LoadException;
import io.carillon.bench.report.Report;
import java.io.IOException;

/** A load on a broker, from connecting to the report. */
@FunctionalInterface
public interface Scenario {
    /**
     * Runs to the end, or until it is interrupted.
     *
     * @throws LoadException if a client cannot connect or subscribe
     * @throws IOException if a process of the broker cannot be watched
     */
    Report run(Run run) throws LoadException, IOException;
}
