package io.carillon.bench;

import java.util.Locale;

/** An option of the command line: what follows it, what it means, and its value when left out. */
enum Option {
    ADDRESS(
            "HOST:PORT",
            "the broker; several, by commas, get the clients in turn",
            "127.0.0.1:1883"),
    APART("", "a publisher is at the address after its subscriber's, where there are several", ""),
    MQTT("3.1.1|5", "version of the protocol", "3.1.1"),
    QOS("0|1|2", "of messages and subscriptions", "0"),
    PAYLOAD("BYTES", "size of a payload, 20 at least", "256"),
    WINDOW("MESSAGES", "how many of a publisher may be on their way", "20"),
    RATE("MESSAGES", "per second in all, sent on schedule; 0: as the windows let", "0"),
    SECONDS("SECONDS", "how long to measure, or to hold idle connections", "10"),
    COUNT("MESSAGES", "per publisher; measures these instead of --seconds", "0"),
    WARMUP("SECONDS", "load before the measurement", "3"),
    PAIRS("NUMBER", "publishers with a subscriber (or offline session) each", "100"),
    SESSIONS("NUMBER", "offline sessions of each topic", "1"),
    PUBLISHERS("NUMBER", "publishers", "1"),
    SUBSCRIBERS("NUMBER", "subscribers", "1"),
    MEMBERS("NUMBER", "members of each shared group", "20"),
    GROUPS("NUMBER", "shared groups, each of which gets all messages", "1"),
    FILTERS("NUMBER", "filters that match nothing, spread over --connections", "20000"),
    CONNECTIONS("NUMBER", "connections to open", "1000"),
    SOURCES("NUMBER", "connect from 127.0.0.1, 127.0.0.2… so many; 0: the system chooses", "0"),
    KEEP_ALIVE("SECONDS", "keep alive of each connection; 0: none", "0"),
    THREADS("NUMBER", "event loops of this program", "1"),
    DISK("FOLDER", "measures synced appends of 4 KiB there first, for comparison", ""),
    BROKER_PID("PID", "the broker's processes, by commas: reports CPU time and memory", ""),
    TLS("", "speaks TLS", ""),
    CA("FILE", "trusts these certificates (PEM) instead of Java's", ""),
    INSECURE("", "trusts any broker, which is also cheaper", ""),
    CERT("FILE", "the clients' own certificate (PEM)", ""),
    KEY("FILE", "the private key to --cert (PKCS #8 as PEM)", ""),
    TLS_VERSION("1.2|1.3", "version of TLS", "1.3"),
    TLS_GROUPS("LIST", "groups of key exchange on offer; X25519MLKEM768 is one", "X25519,P-256"),
    RESUME("", "resumes TLS sessions; else each handshake is a full one", ""),
    WS("", "speaks MQTT over WebSocket", ""),
    WS_PATH("PATH", "path of the broker's WebSocket listener", "/mqtt"),
    CONNECTING("NUMBER", "connections that may be on their way to CONNACK", "128"),
    KEEP("NUMBER", "stay open before the oldest is closed; 0: each is closed at once", "0"),
    USER("NAME", "user name of all clients", ""),
    PASSWORD("TEXT", "password of all clients", ""),
    JSON("FILE", "writes the report to that file too, as JSON", ""),
    PICTURE("FILE", "draws the run into that file, .svg or .png", "");

    private final String form;
    private final String meaning;
    private final String standard;

    Option(String form, String meaning, String standard) {
        this.form = form;
        this.meaning = meaning;
        this.standard = standard;
    }

    /** As the user writes it, for example {@code --broker-pid}. */
    String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is to follow it; empty if nothing is. */
    String form() {
        return form;
    }

    /** True if it is said or not, and takes no value. */
    boolean isSwitch() {
        return form.isEmpty();
    }

    String meaning() {
        return meaning;
    }

    /** Its value when left out. */
    String standard() {
        return standard;
    }
}
