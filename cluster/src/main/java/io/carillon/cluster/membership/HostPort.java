package io.carillon.cluster.membership;

/**
 * Where something listens: a host name or an address, and a port.
 *
 * @param host as configured; an IPv6 address without brackets
 * @param port 1 to 65,535
 */
public record HostPort(String host, int port) {

    public HostPort {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host is missing in ':" + port + "'");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "port "
                            + port
                            + " of "
                            + host
                            + " has to be from 1 to 65535: the other nodes must know it beforehand");
        }
    }

    /**
     * Reads {@code host:port} or {@code [address]:port}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).strip();
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "': an IPv6 address needs brackets, as in [::1]:5701");
        }
        try {
            return new HostPort(host, Integer.parseInt(text.substring(colon + 1).strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not of the form host:port", e);
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
