package io.carillon.cluster.link.grpc;

import io.carillon.cluster.link.Frame;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The one method of the service between nodes: frames both ways. */
final class LinkMethod {
    static final String SERVICE = "carillon.PeerLink";

    static final MethodDescriptor<Frame, Frame> STREAM =
            MethodDescriptor.<Frame, Frame>newBuilder()
                    .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Stream"))
                    .setRequestMarshaller(new Frames())
                    .setResponseMarshaller(new Frames())
                    .build();

    private LinkMethod() {}

    /** Frames have their own form: gRPC carries them as they are. */
    private static final class Frames implements MethodDescriptor.Marshaller<Frame> {
        @Override
        public InputStream stream(Frame frame) {
            return new FrameStream(frame);
        }

        @Override
        public Frame parse(InputStream in) {
            try {
                byte[] bytes = new byte[in.available()]; // gRPC knows the length
                int read = in.readNBytes(bytes, 0, bytes.length);
                if (read < bytes.length) {
                    throw new IOException(read + " of " + bytes.length + " bytes of a frame");
                }
                return new ReceivedFrame(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
