package io.carillon.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The loads of the comparison, in the order of its tables. */
final class LoadCases {
    private final int window;
    private final boolean quick;

    private LoadCases(int window, boolean quick) {
        this.window = window;
        this.quick = quick;
    }

    /**
     * The loads that were asked for.
     *
     * @throws CompareException if one of those names is unknown
     */
    static List<LoadCase> of(Options options) throws CompareException {
        List<LoadCase> all = all(options);
        Set<String> known = new LinkedHashSet<>();
        all.forEach(load -> known.add(group(load)));
        all.forEach(load -> known.add(load.name()));
        for (String name : options.scenarios()) {
            if (!known.contains(name)) {
                throw new CompareException(
                        "there is no scenario '%s'; there are %s"
                                .formatted(name, String.join(", ", known)));
            }
        }
        return all.stream().filter(load -> selected(load, options.scenarios())).toList();
    }

    static List<LoadCase> all(Options options) {
        return new LoadCases(options.window(), options.quick()).all();
    }

    /** The lines of {@code --list}. */
    static String list(List<LoadCase> loads) {
        return loads.stream()
                .map(
                        load ->
                                String.format(
                                        Locale.ROOT,
                                        "%-12s %-14s %s%n",
                                        group(load),
                                        load.name(),
                                        load.title()))
                .collect(Collectors.joining());
    }

    private static boolean selected(LoadCase load, Set<String> names) {
        return names.isEmpty() || names.contains(load.name()) || names.contains(group(load));
    }

    private static String group(LoadCase load) {
        return load.section().name().toLowerCase(Locale.ROOT);
    }

    private List<LoadCase> all() {
        List<LoadCase> loads = new ArrayList<>(messages());
        loads.addAll(durable());
        loads.addAll(connections());
        return loads;
    }

    private List<LoadCase> messages() {
        String closed = " --payload 64 --window " + window;
        LoadCase pairs = online("pairs-q0", "pairs q0", "pairs --pairs 20 --qos 0" + closed);
        return List.of(
                pairs,
                online("pairs-q1", "pairs q1", "pairs --pairs 20 --qos 1" + closed),
                online("pairs-q2", "pairs q2", "pairs --pairs 20 --qos 2" + closed),
                online("single-q1", "single q1", "single --pairs 200 --qos 1 --payload 64"),
                online(
                        "fan-out-q0",
                        "fan-out 1→200 q0",
                        "fan-out --publishers 1 --subscribers 200 --qos 0" + closed),
                online(
                        "fan-in-q0",
                        "fan-in 200→1 q0",
                        "fan-in --publishers 200 --subscribers 1 --qos 0" + closed),
                online(
                        "shared-q1",
                        "$share q1",
                        "shared --publishers 20 --members 20 --qos 1" + closed),
                online(
                        "wildcards-q0",
                        "20k filters q0",
                        "wildcards --pairs 20 --filters 20000 --qos 0" + closed),
                latency("latency-q0", "4,000/s over 50 pairs q0", 0),
                latency("latency-q1", "4,000/s over 50 pairs q1", 1),
                pairs.overTls("pairs-q0-tls", "pairs q0, TLS", Section.TLS));
    }

    private List<LoadCase> durable() {
        int part = quick ? 10 : 1;
        return List.of(
                LoadCase.counted(
                        "offline-q1",
                        "one offline session per publisher, q1",
                        "offline --pairs 20 --payload 64 --qos 1 --window 1000 --count "
                                + 50_000 / part,
                        Figure.ENQUEUED,
                        Figure.DRAINED),
                LoadCase.counted(
                        "offline-100",
                        "100 offline sessions per publisher, q1",
                        "offline --pairs 1 --sessions 100 --payload 64 --qos 1 --window 1000"
                                + " --count "
                                + 20_000 / part,
                        Figure.ENQUEUED,
                        Figure.DRAINED),
                LoadCase.counted(
                        "offline-single",
                        "one publisher, one message in flight, q1",
                        "offline --pairs 1 --payload 64 --qos 1 --window 1 --disk . --count "
                                + 20_000 / part,
                        Figure.ENQUEUED),
                LoadCase.counted(
                        "retained",
                        "retained, q1",
                        "retained --publishers 20 --payload 64 --window 1000 --count "
                                + 10_000 / part,
                        Figure.SET,
                        Figure.GOT));
    }

    private List<LoadCase> connections() {
        LoadCase storm =
                LoadCase.connections(
                        "connect", "connect, plain", "connect --sources 20", Figure.CONNECTED);
        int idle = quick ? 1_000 : 10_000;
        return List.of(
                storm,
                storm.overTls("connect-tls", "connect, TLS 1.3", Section.CONNECTIONS),
                LoadCase.connections(
                                "idle",
                                String.format(Locale.ROOT, "idle, %,d connections", idle),
                                "idle --sources 20 --connections " + idle,
                                Figure.OPENED)
                        .onFreshBroker());
    }

    private static LoadCase online(String name, String title, String words) {
        return LoadCase.timed(name, title, Section.TRANSIENT, words);
    }

    private static LoadCase latency(String name, String title, int qos) {
        return LoadCase.timed(
                name,
                title,
                Section.LATENCY,
                "latency --pairs 50 --rate 4000 --payload 64 --qos " + qos);
    }
}
