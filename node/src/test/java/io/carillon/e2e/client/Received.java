package io.carillon.e2e.client;

/** A message that came, and how to acknowledge it where the test does that itself. */
public record Received(Message message, Runnable acknowledgement) {

    public void acknowledge() {
        acknowledgement.run();
    }
}
