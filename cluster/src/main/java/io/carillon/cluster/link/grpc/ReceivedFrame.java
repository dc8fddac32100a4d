package io.carillon.cluster.link.grpc;

import io.carillon.cluster.link.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A frame as it came in. */
record ReceivedFrame(byte[] bytes) implements Frame {
    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public int lengthBytes() {
        return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }
}
