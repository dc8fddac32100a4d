package io.carillon.cluster.link;

import java.io.IOException;
import java.io.OutputStream;

/** A small frame, encoded already. */
record Bytes(byte[] bytes) implements Frame {
    @Override
    public int lengthBytes() {
        return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }
}
