package io.carillon.cluster.link;

import java.io.IOException;
import java.io.OutputStream;

/** What a wire carries in one piece, ready to be written. */
public interface Frame {
    int lengthBytes();

    /** Writes exactly that many bytes; can be called again. */
    void writeTo(OutputStream out) throws IOException;
}
