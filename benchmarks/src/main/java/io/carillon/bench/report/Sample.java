package io.carillon.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What happened in about one second of a run.
 *
 * @param atSecond its end, in seconds since the run began
 * @param phase what the run was doing, such as {@code warm-up} or {@code measure}
 * @param brokerCores CPU seconds per second; 0 without {@code --broker-pid}, as is the memory
 */
public record Sample(
        double atSecond,
        String phase,
        double sentPerSecond,
        double acknowledgedPerSecond,
        double deliveredPerSecond,
        double brokerCores,
        long brokerResidentBytes) {

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("atSecond", atSecond);
        json.put("phase", phase);
        json.put("sentPerSecond", sentPerSecond);
        json.put("acknowledgedPerSecond", acknowledgedPerSecond);
        json.put("deliveredPerSecond", deliveredPerSecond);
        json.put("brokerCpuCores", brokerCores);
        json.put("brokerResidentBytes", brokerResidentBytes);
        return json;
    }
}
