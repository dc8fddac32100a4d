package io.carillon.bench.client;

/** A client that connects and keeps its connection, and does nothing else. */
public final class Idler extends Client {
    public Idler(LoadLoop loop, Identity identity) {
        super(loop, identity);
    }
}
