package io.carillon.e2e.client;

import java.util.ArrayDeque;
import java.util.Deque;

/** The clients of one test; all end with it. */
public final class Clients implements AutoCloseable {
    private final Deque<TestClient> opened = new ArrayDeque<>();

    /** A client that is not connected yet. */
    public TestClient open(ClientKind kind, Endpoint endpoint, ClientOptions options) {
        return add(kind.open(endpoint, options));
    }

    /** A connected client. */
    public TestClient connect(ClientKind kind, Endpoint endpoint, ClientOptions options) {
        TestClient client = open(kind, endpoint, options);
        client.connect();
        return client;
    }

    /** Ends that client too with the test. */
    public <T extends TestClient> T add(T client) {
        opened.push(client);
        return client;
    }

    @Override
    public void close() {
        opened.forEach(TestClient::close);
    }
}
