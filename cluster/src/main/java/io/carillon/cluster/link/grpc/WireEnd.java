package io.carillon.cluster.link.grpc;

import io.carillon.cluster.link.Frame;
import io.carillon.cluster.link.Wire;
import io.carillon.loop.Loop;
import io.grpc.Status;

/**
 * What both ends of a stream do with what gRPC tells them: pass it on, on the loop, until this end
 * has closed. That the stream has ended is told from a task of its own, since gRPC may say so in
 * the middle of a call to it.
 */
final class WireEnd {
    private final Loop loop;
    private Wire.Listener listener;

    WireEnd(Loop loop, Wire.Listener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    void message(Frame frame) {
        loop.assertInside();
        listener.received(((ReceivedFrame) frame).buffer());
    }

    void ready() {
        loop.assertInside();
        listener.ready();
    }

    void ended(String reason) {
        loop.offer(() -> listener.closed(reason)); // where it has stopped nobody listens
    }

    void listenNoMore() {
        listener = Wire.NOBODY;
    }

    static String reason(Status status) {
        Throwable cause = status.getCause();
        if (cause == null) {
            String description = status.getDescription();
            return description == null ? status.getCode().toString() : description;
        }
        return innermost(cause);
    }

    /** The innermost cause says most: "Connection refused", say. */
    static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
