package io.carillon.net.listen;

import io.carillon.config.ListenerConfig;
import io.carillon.config.ListenerType;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * A listener that accepts connections.
 *
 * @param address where it listens, with the port that the system chose if none was given
 */
public record BoundListener(ListenerConfig config, InetSocketAddress address) {

    public String name() {
        return config.name();
    }

    /** For people: name, type and address, such as {@code web wss 127.0.0.1:8084/mqtt}. */
    @Override
    public String toString() {
        ListenerType type = config.type();
        return config.name()
                + " "
                + type.name().toLowerCase(Locale.ROOT)
                + " "
                + hostAndPort(address)
                + (type.isWebSocket() ? config.path() : "");
    }

    /** HOST:PORT of an address, an IPv6 host in brackets. */
    public static String hostAndPort(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
                + ":"
                + address.getPort();
    }
}
