package io.carillon.bench;

import io.carillon.bench.client.Protocol;
import io.carillon.bench.scenario.Settings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the written values of options into settings, checking each. */
final class SettingsReader {
    private static final int DAY_SECONDS = 86_400;
    private static final int CLIENTS_MAX = 1_000_000;
    private static final int RATE_MAX = 50_000_000;
    private static final int FILTERS_MAX = 50_000_000;

    private final Arguments arguments;

    private SettingsReader(Arguments arguments) {
        this.arguments = arguments;
    }

    /**
     * The settings of a command line.
     *
     * @throws UsageException if a value is not what its option takes
     */
    static Settings read(Arguments arguments) throws UsageException {
        return new SettingsReader(arguments).settings();
    }

    private Settings settings() throws UsageException {
        if (arguments.given(Option.COUNT)
                && (arguments.given(Option.SECONDS) || arguments.given(Option.WARMUP))) {
            throw new UsageException("--count goes without --seconds and --warmup");
        }
        return new Settings(
                addresses(),
                arguments.given(Option.APART),
                protocol(),
                number(Option.QOS, arguments.command().countsOnly() ? 1 : 0, 2),
                number(Option.PAYLOAD, Settings.PAYLOAD_MIN_BYTES, 64 << 20),
                number(Option.WINDOW, 1, 65_535),
                number(Option.SECONDS, 1, DAY_SECONDS),
                number(Option.COUNT, arguments.command().countsOnly() ? 1 : 0, Integer.MAX_VALUE),
                number(Option.WARMUP, 0, DAY_SECONDS),
                number(Option.PAIRS, 1, CLIENTS_MAX),
                number(Option.SESSIONS, 1, CLIENTS_MAX),
                number(Option.PUBLISHERS, 1, CLIENTS_MAX),
                number(Option.SUBSCRIBERS, 1, CLIENTS_MAX),
                number(Option.RATE, arguments.command() == Command.LATENCY ? 1 : 0, RATE_MAX),
                number(Option.MEMBERS, 1, CLIENTS_MAX),
                number(Option.GROUPS, 1, CLIENTS_MAX),
                number(Option.FILTERS, 1, FILTERS_MAX),
                number(Option.CONNECTIONS, 1, CLIENTS_MAX),
                number(Option.CONNECTING, 1, 20_000),
                number(Option.KEEP, 0, CLIENTS_MAX),
                number(Option.SOURCES, 0, 250),
                number(Option.KEEP_ALIVE, 0, 65_535),
                number(Option.THREADS, 1, 256),
                text(Option.DISK) == null ? null : Path.of(arguments.value(Option.DISK)),
                pids(),
                TransportReader.read(arguments),
                text(Option.USER),
                text(Option.PASSWORD));
    }

    private int number(Option option, int least, int most) throws UsageException {
        String value = arguments.value(option);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of bounds.
        }
        throw new UsageException(
                "%s takes a number from %d to %d, not '%s'"
                        .formatted(option.flag(), least, most, value));
    }

    private Protocol protocol() throws UsageException {
        return switch (arguments.value(Option.MQTT)) {
            case "3.1.1", "4" -> Protocol.V3_1_1;
            case "5", "5.0" -> Protocol.V5;
            default ->
                    throw new UsageException(
                            "--mqtt is 3.1.1 or 5, not '%s'"
                                    .formatted(arguments.value(Option.MQTT)));
        };
    }

    private List<InetSocketAddress> addresses() throws UsageException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String address : parts(Option.ADDRESS)) {
            int colon = address.lastIndexOf(':');
            InetSocketAddress resolved = colon < 1 ? null : resolve(address, colon);
            if (resolved == null) {
                throw new UsageException(
                        "--address takes HOST:PORT, for example 127.0.0.1:1883, not '%s'"
                                .formatted(address));
            }
            if (resolved.isUnresolved()) {
                throw new UsageException("--address: no host of that name: " + address);
            }
            addresses.add(resolved);
        }
        return addresses;
    }

    private static @Nullable InetSocketAddress resolve(String address, int colon) {
        String host = address.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private List<Long> pids() throws UsageException {
        List<Long> pids = new ArrayList<>();
        for (String pid : parts(Option.BROKER_PID)) {
            try {
                pids.add(Long.parseLong(pid));
            } catch (NumberFormatException e) {
                throw new UsageException("--broker-pid takes process ids, not '" + pid + "'");
            }
        }
        return pids;
    }

    private List<String> parts(Option option) {
        String value = arguments.value(option);
        return value.isEmpty() ? List.of() : List.of(value.split(",", -1));
    }

    private @Nullable String text(Option option) {
        String value = arguments.value(option);
        return value.isEmpty() ? null : value;
    }
}
