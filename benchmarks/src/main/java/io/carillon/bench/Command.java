package io.carillon.bench;

import io.carillon.bench.scenario.ConnectScenario;
import io.carillon.bench.scenario.IdleScenario;
import io.carillon.bench.scenario.MixedScenario;
import io.carillon.bench.scenario.OfflineScenario;
import io.carillon.bench.scenario.OnlineScenario;
import io.carillon.bench.scenario.RetainedScenario;
import io.carillon.bench.scenario.Scenario;
import io.carillon.bench.scenario.WildcardsScenario;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A command of the program: a scenario with the options that it knows. */
enum Command {
    PAIRS("publishers and subscribers in pairs, each on a topic of its own"),
    FAN_OUT("few publishers, many subscribers to one topic"),
    FAN_IN("many publishers, few subscribers that take all topics by a wildcard"),
    SINGLE("pairs with one message in flight each, and every message timed"),
    SHARED("publishers, and shared groups whose members take the messages between them"),
    WILDCARDS("pairs, beside many filters that match none of their messages"),
    LATENCY("pairs on schedule: every message timed from when it was due"),
    MIXED("everything at once: pairs at each QoS, fan-out, shared, filters, connects, retained"),
    IDLE("connections that stay open and do nothing"),
    CONNECT("a storm of connections: as many in a second as the broker takes"),
    OFFLINE("durable sessions that are away while --count messages each are published"),
    RETAINED("--count retained messages per publisher: set, got by a wildcard, cleared");

    private static final Set<Command> PUBLISHER_GROUPS = EnumSet.of(FAN_OUT, FAN_IN, SHARED);
    private static final Set<Command> ONLINE =
            EnumSet.of(PAIRS, FAN_OUT, FAN_IN, SINGLE, SHARED, WILDCARDS, LATENCY, MIXED);

    private final String meaning;

    Command(String meaning) {
        this.meaning = meaning;
    }

    /** As the user writes it, for example {@code fan-out}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String meaning() {
        return meaning;
    }

    Scenario scenario() {
        return switch (this) {
            case PAIRS -> OnlineScenario.pairs();
            case FAN_OUT -> OnlineScenario.fanOut();
            case FAN_IN -> OnlineScenario.fanIn();
            case SINGLE -> OnlineScenario.single();
            case SHARED -> OnlineScenario.shared();
            case WILDCARDS -> new WildcardsScenario();
            case LATENCY -> OnlineScenario.latency();
            case MIXED -> new MixedScenario();
            case IDLE -> new IdleScenario();
            case CONNECT -> new ConnectScenario();
            case OFFLINE -> new OfflineScenario();
            case RETAINED -> new RetainedScenario();
        };
    }

    /** What it knows, in the order of the help. */
    List<Option> options() {
        return Arrays.stream(Option.values()).filter(this::knows).toList();
    }

    /** The value of an option that was left out. */
    String standard(Option option) {
        return switch (option) {
            case SUBSCRIBERS -> this == FAN_OUT ? "1000" : this == MIXED ? "50" : option.standard();
            case PUBLISHERS ->
                    switch (this) {
                        case FAN_IN -> "1000";
                        case SHARED -> "20";
                        case MIXED -> "5";
                        default -> option.standard();
                    };
            case PAIRS ->
                    switch (this) {
                        case SINGLE -> "200";
                        case LATENCY -> "50";
                        case MIXED -> "10";
                        default -> option.standard();
                    };
            case WINDOW -> this == SINGLE ? "1" : this == LATENCY ? "200" : option.standard();
            case RATE -> this == LATENCY ? "4000" : this == MIXED ? "5000" : option.standard();
            case CONNECTIONS -> this == IDLE ? option.standard() : "20";
            case QOS -> countsOnly() ? "1" : option.standard();
            case COUNT -> countsOnly() ? "1000" : option.standard();
            default -> option.standard();
        };
    }

    /** True if it publishes a number of messages, acknowledged ones, and not for some time. */
    boolean countsOnly() {
        return this == OFFLINE || this == RETAINED;
    }

    private boolean knows(Option option) {
        return switch (option) {
            case ADDRESS, MQTT, SOURCES, KEEP_ALIVE, THREADS, BROKER_PID, USER, PASSWORD, JSON ->
                    true;
            case PICTURE -> true;
            case TLS,
                    CA,
                    INSECURE,
                    CERT,
                    KEY,
                    TLS_VERSION,
                    TLS_GROUPS,
                    RESUME,
                    WS,
                    WS_PATH,
                    CONNECTING ->
                    true;
            case KEEP -> this == CONNECT;
            case APART -> this == OFFLINE || online();
            case QOS -> messages() && this != MIXED;
            case PAYLOAD -> messages();
            case WINDOW -> messages() && this != SINGLE;
            case RATE -> online() && this != SINGLE;
            case SECONDS -> !countsOnly();
            case COUNT -> messages();
            case WARMUP -> this == CONNECT || online();
            case PAIRS -> this == OFFLINE || online() && !PUBLISHER_GROUPS.contains(this);
            case PUBLISHERS -> this == MIXED || this == RETAINED || PUBLISHER_GROUPS.contains(this);
            case SUBSCRIBERS ->
                    this == FAN_OUT || this == FAN_IN || this == MIXED || this == RETAINED;
            case SESSIONS, DISK -> this == OFFLINE;
            case MEMBERS, GROUPS -> this == SHARED || this == MIXED;
            case FILTERS -> this == WILDCARDS || this == MIXED;
            case CONNECTIONS -> this == IDLE || this == WILDCARDS || this == MIXED;
        };
    }

    /** True if messages are published. */
    private boolean messages() {
        return this != IDLE && this != CONNECT;
    }

    /** True if publishers and subscribers are connected all the time. */
    private boolean online() {
        return ONLINE.contains(this);
    }
}
