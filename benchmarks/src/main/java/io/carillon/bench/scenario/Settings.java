package io.carillon.bench.scenario;

import io.carillon.bench.client.Protocol;
import io.carillon.bench.client.Publisher;
import io.carillon.bench.transport.TransportSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for; a scenario reads what it needs.
 *
 * @param addresses of the broker or its nodes; clients are spread over them
 * @param apart whether a publisher is at the address after that of its subscriber
 * @param payloadBytes at least 20
 * @param window messages on their way per publisher
 * @param seconds how long to measure
 * @param count messages per publisher, or 0 to go by {@code seconds}
 * @param sessions of each topic of the offline scenario
 * @param rate messages per second of all publishers together; 0 for as many as the windows let
 * @param members of each shared group
 * @param groups shared groups
 * @param filters that match nothing, of the wildcards scenario
 * @param connections of the idle scenario
 * @param connecting connections on their way to CONNACK at a time
 * @param keep connections of the connect scenario that stay open before the oldest is closed
 * @param sources local addresses 127.0.0.1, 127.0.0.2…; 0 for the system's choice
 * @param disk a folder on the disk to measure, or null
 * @param brokerPids processes whose CPU time and memory belong to the broker
 */
public record Settings(
        List<InetSocketAddress> addresses,
        boolean apart,
        Protocol protocol,
        int qos,
        int payloadBytes,
        int window,
        int seconds,
        long count,
        int warmupSeconds,
        int pairs,
        int sessions,
        int publishers,
        int subscribers,
        int rate,
        int members,
        int groups,
        int filters,
        int connections,
        int connecting,
        int keep,
        int sources,
        int keepAliveSeconds,
        int threads,
        @Nullable Path disk,
        List<Long> brokerPids,
        TransportSettings transport,
        @Nullable String user,
        @Nullable String password) {
    /** The least payload: number and time stand in it. */
    public static final int PAYLOAD_MIN_BYTES = Publisher.PAYLOAD_MIN_BYTES;
}
