package io.carillon.cluster.link.grpc;

import io.carillon.cluster.link.Frame;
import io.carillon.cluster.link.PeerLinks;
import io.carillon.cluster.link.Wire;
import io.carillon.loop.Loop;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** The end of a stream that a peer has opened. */
final class AcceptedWire implements Wire {
    private final ServerCall<Frame, Frame> call;
    private @Nullable WireEnd end;
    private boolean closed;

    private AcceptedWire(ServerCall<Frame, Frame> call) {
        this.call = call;
    }

    /** Takes a stream that has just begun; returns what gRPC is to tell. */
    static ServerCall.Listener<Frame> take(
            ServerCall<Frame, Frame> call, Loop loop, PeerLinks links) {
        call.sendHeaders(new Metadata());
        AcceptedWire wire = new AcceptedWire(call);
        WireEnd end = new WireEnd(loop, links.accept(wire));
        wire.end = end;
        return new ServerCall.Listener<Frame>() {
            @Override
            public void onMessage(Frame frame) {
                end.message(frame);
            }

            @Override
            public void onReady() {
                end.ready();
            }

            @Override
            public void onHalfClose() {
                end.ended("it has closed the connection");
                wire.finish(Status.OK);
            }

            @Override
            public void onCancel() {
                wire.closed = true;
                end.ended("the connection has broken");
            }
        };
    }

    @Override
    public boolean isReady() {
        return !closed && call.isReady();
    }

    @Override
    public void send(Frame frame) {
        if (!closed) {
            call.sendMessage(frame);
        }
    }

    @Override
    public void request() {
        if (!closed) {
            call.request(1);
        }
    }

    @Override
    public void close(@Nullable Frame last) {
        if (closed) {
            return;
        }
        if (last != null) {
            send(last);
        }
        if (end != null) {
            end.listenNoMore();
        }
        finish(Status.OK.withDescription("the peer has closed the connection"));
    }

    @Override
    public String remote() {
        return String.valueOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    }

    private void finish(Status status) {
        if (!closed) {
            closed = true;
            call.close(status, new Metadata());
        }
    }
}
