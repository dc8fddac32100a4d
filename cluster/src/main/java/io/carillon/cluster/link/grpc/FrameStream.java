package io.carillon.cluster.link.grpc;

import io.carillon.cluster.link.Frame;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A frame that gRPC lets write itself into its own buffers: each body is copied once. */
final class FrameStream extends InputStream implements Drainable, KnownLength {
    private @Nullable Frame frame;
    private @Nullable InputStream copy;

    FrameStream(Frame frame) {
        this.frame = frame;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
        Frame whole = frame;
        if (whole == null) {
            return 0;
        }
        frame = null;
        whole.writeTo(target);
        return whole.lengthBytes();
    }

    @Override
    public int available() throws IOException {
        Frame whole = frame;
        if (whole != null) {
            return whole.lengthBytes();
        }
        return copy == null ? 0 : copy.available();
    }

    @Override
    public int read() throws IOException {
        return copied().read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return copied().read(into, offset, length);
    }

    private InputStream copied() throws IOException {
        InputStream from = copy;
        if (from == null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(available());
            drainTo(bytes);
            from = new ByteArrayInputStream(bytes.toByteArray());
            copy = from;
        }
        return from;
    }
}
