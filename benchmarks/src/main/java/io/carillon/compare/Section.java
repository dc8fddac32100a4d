package io.carillon.compare;

/** Loads that stand in one table. */
enum Section {
    TRANSIENT("Messages to connected subscribers"),
    LATENCY("Latency at a fixed rate"),
    DURABLE("Messages on disk"),
    CONNECTIONS("Connections"),
    TLS("The same over TLS");

    private final String title;

    Section(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
