package io.carillon.e2e.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One client of some library. Everything has a deadline. A client that lost its connection may
 * connect again: the library then goes on with its half of the session.
 */
public abstract class TestClient implements AutoCloseable {
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();

    /**
     * Connects.
     *
     * @return whether the broker had a session
     * @throws RefusedException if the broker says no
     */
    public abstract boolean connect();

    /** Subscribes and returns the granted QoS or the failure. */
    public abstract int subscribe(Subscription subscription);

    public abstract void unsubscribe(String filter);

    /** Publishes; complete when all acknowledgements of its QoS were exchanged. */
    public abstract CompletableFuture<?> publishing(Message message);

    /** Ends the connection in good order, so that no will is published. */
    public abstract void disconnect();

    /** Frees threads and sockets, whatever the state of the connection. */
    @Override
    public abstract void close();

    public int subscribe(String filter, int qos) {
        return subscribe(Subscription.of(filter, qos));
    }

    public void publish(Message message) {
        Within.deadline("publishing " + message, publishing(message));
    }

    /** The next message, not acknowledged yet if the client was told so. */
    public Received take() {
        return Within.deadline("a message", received);
    }

    /** The next message. */
    public Message receive() {
        return take().message();
    }

    /** The next so many messages. */
    public List<Message> receive(int count) {
        List<Message> messages = new ArrayList<>(count);
        while (messages.size() < count) {
            messages.add(receive());
        }
        return messages;
    }

    /** Waits for the end of the connection; DISCONNECT's reason code, or -1 if none came. */
    public int awaitEnd() {
        return Within.deadline("the end of the connection", ends);
    }

    final void arrived(Message message, Runnable acknowledgement) {
        received.add(new Received(message, acknowledgement));
    }

    final void ended(int reasonCode) {
        ends.add(reasonCode);
    }
}
