package io.carillon.cluster.link.grpc;

import io.carillon.cluster.link.Frame;
import io.carillon.cluster.link.Wire;
import io.carillon.loop.Loop;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** The end of a stream that opened it, on a channel of its own. */
final class DialledWire implements Wire {
    /** So much may wait in gRPC before the wire is not ready: enough to fill a socket's buffer. */
    private static final int UNWRITTEN_BYTES = 256 << 10;

    private static final long LINGER_MILLIS = 1_000;

    private final Loop loop;
    private final ManagedChannel channel;
    private final ClientCall<Frame, Frame> call;
    private final String remote;
    private final WireEnd end;
    private boolean closed;

    DialledWire(Loop loop, ManagedChannel channel, String remote, Wire.Listener listener) {
        this.loop = loop;
        this.channel = channel;
        this.remote = remote;
        this.end = new WireEnd(loop, listener);
        this.call =
                channel.newCall(
                        LinkMethod.STREAM,
                        CallOptions.DEFAULT.withOnReadyThreshold(UNWRITTEN_BYTES));
    }

    void open() {
        call.start(
                new ClientCall.Listener<Frame>() {
                    @Override
                    public void onMessage(Frame frame) {
                        end.message(frame);
                    }

                    @Override
                    public void onReady() {
                        end.ready();
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.ended(WireEnd.reason(status));
                        channel.shutdownNow();
                    }
                },
                new Metadata());
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
        closed = true;
        end.listenNoMore();
        if (last == null) {
            channel.shutdownNow();
        } else {
            call.halfClose();
            channel.shutdown();
            loop.schedule(LINGER_MILLIS, channel::shutdownNow);
        }
    }

    @Override
    public String remote() {
        return remote;
    }
}
