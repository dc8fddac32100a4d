package io.carillon.cluster.link;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a peer: carries frames both ways, each way in order and whole, until it breaks.
 * It has few frames in memory: nothing comes in that was not asked for, and whoever sends looks at
 * {@link #isReady} first. All calls and callbacks on the links' loop.
 */
public interface Wire {

    /** Listens to a wire that is of no use any more. */
    Listener NOBODY =
            new Listener() {
                @Override
                public void received(ByteBuffer frame) {}

                @Override
                public void ready() {}

                @Override
                public void closed(String reason) {}
            };

    /**
     * Whether a frame would be on its way soon; {@link Listener#ready} tells when it turns true.
     */
    boolean isReady();

    void send(Frame frame);

    /** Allows one more frame to come in. */
    void request();

    /**
     * Ends the connection, with a last frame if there is something to tell. There is no callback
     * afterwards.
     */
    void close(@Nullable Frame last);

    /** The other end's address, for logs. */
    String remote();

    /** The one who uses a wire. */
    interface Listener {
        /** A frame has come; its bytes are the listener's. */
        void received(ByteBuffer frame);

        /** The wire takes frames again. */
        void ready();

        /** The wire is broken; the reason is for logs. */
        void closed(String reason);
    }

    /** Makes wires. */
    interface Dialer {
        /**
         * Begins to connect. Never throws and never blocks; there is no callback before it has
         * returned. Frames sent at once go out when the connection stands.
         */
        Wire dial(InetSocketAddress address, Listener listener);
    }
}
