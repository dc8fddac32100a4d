package io.carillon.bench;

import io.carillon.bench.scenario.IdleScenario;
import io.carillon.bench.scenario.OfflineScenario;
import io.carillon.bench.scenario.OnlineScenario;
import io.carillon.bench.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A command of the program: a scenario with the options that it knows. */
enum Command {
    PAIRS("publishers and subscribers in pairs, each on a topic of its own"),
    FAN_OUT("few publishers, many subscribers to one topic"),
    FAN_IN("many publishers, few subscribers that take all topics by a wildcard"),
    IDLE("connections that stay open and do nothing"),
    OFFLINE("durable sessions that are away while --count messages each are published");

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
            case IDLE -> new IdleScenario();
            case OFFLINE -> new OfflineScenario();
        };
    }

    /** What it knows, in the order of the help. */
    List<Option> options() {
        return Arrays.stream(Option.values()).filter(this::knows).toList();
    }

    /** The value of an option that was left out. */
    String standard(Option option) {
        return switch (option) {
            case SUBSCRIBERS -> this == FAN_OUT ? "1000" : option.standard();
            case PUBLISHERS -> this == FAN_IN ? "1000" : option.standard();
            case QOS -> this == OFFLINE ? "1" : option.standard();
            case COUNT -> this == OFFLINE ? "1000" : option.standard();
            default -> option.standard();
        };
    }

    private boolean knows(Option option) {
        return switch (option) {
            case ADDRESS, MQTT, SOURCES, KEEP_ALIVE, THREADS, BROKER_PID, USER, PASSWORD, JSON ->
                    true;
            case PICTURE -> true;
            case QOS, PAYLOAD, WINDOW -> this != IDLE;
            case SECONDS -> this != OFFLINE;
            case COUNT -> this != IDLE;
            case WARMUP -> this == PAIRS || this == FAN_OUT || this == FAN_IN;
            case PAIRS -> this == PAIRS || this == OFFLINE;
            case PUBLISHERS, SUBSCRIBERS -> this == FAN_OUT || this == FAN_IN;
            case CONNECTIONS -> this == IDLE;
        };
    }
}
