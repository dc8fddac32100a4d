package io.carillon.bench.client;

/** A client that connects and keeps its connection, and does nothing else. */
public final class Idler extends Client {
    private boolean answered;

    public Idler(LoadLoop loop, Identity identity) {
        super(loop, identity);
    }

    /** True once the broker has answered a {@link #ping}; for its loop's thread. */
    public boolean answered() {
        return answered;
    }

    @Override
    protected void pingresp() {
        answered = true;
    }
}
