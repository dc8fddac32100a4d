package io.carillon.net;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Where a client is: what a PROXY header says, or else the other end of the socket. */
public final class ClientAddress {
    private static final AttributeKey<SocketAddress> FORWARDED =
            AttributeKey.valueOf(ClientAddress.class, "forwarded");

    private ClientAddress() {}

    /** Keeps what the PROXY header of a channel says. */
    public static void forwarded(Channel channel, SocketAddress client) {
        channel.attr(FORWARDED).set(client);
    }

    public static SocketAddress of(Channel channel) {
        // Asking for an attribute makes it: only where there is one.
        SocketAddress forwarded = channel.hasAttr(FORWARDED) ? channel.attr(FORWARDED).get() : null;
        return forwarded == null ? channel.remoteAddress() : forwarded;
    }

    /** For logs: address and port, without a name look-up. */
    static String text(Channel channel) {
        SocketAddress address = of(channel);
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(address);
    }
}
