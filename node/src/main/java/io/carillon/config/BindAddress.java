package io.carillon.config;

import static io.carillon.config.Types.quote;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen at, written HOST:PORT; an IPv6 host stands in brackets, as in {@code
 * [::1]:1883}. The host is not resolved before {@link #toSocketAddress}.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65,535; 0 means any free port
 */
public record BindAddress(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253})):(\\d{1,5})");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|(0{0,4}:){2,7}0{0,3}1");

    private static final Pattern WILDCARD = Pattern.compile("0\\.0\\.0\\.0|(0{0,4}:){2,7}0{0,4}");

    static BindAddress parse(String text) throws InvalidValue {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValue(
                    quote(text)
                            + " is not HOST:PORT, such as 127.0.0.1:1883, 0.0.0.0:1883 (all IPv4"
                            + " addresses) or [::]:1883 (all addresses)");
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port > 65_535) {
            throw new InvalidValue(quote(text) + " has a port that is not from 0 to 65535");
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return new BindAddress(host, port);
    }

    /** True if only this host can reach it, as far as its text tells. */
    public boolean isLoopback() {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * True if it stands for all addresses of this host, so that nobody can connect to it as it is.
     */
    public boolean isWildcard() {
        return WILDCARD.matcher(host).matches();
    }

    /** The address, with its host resolved now; may block on a look-up. */
    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
