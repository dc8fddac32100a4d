package io.carillon.compare;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A broker that the user has started.
 *
 * @param pid its process; without it neither CPU time nor memory is known
 */
record GivenBroker(String name, String host, int port, OptionalLong pid) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?<name>[\\w.+-]+)=(?<host>\\[[^\\]]+\\]|[^:\\[\\]]+):(?<port>\\d{1,5})"
                            + "(:(?<pid>\\d{1,9}))?");

    /**
     * Reads {@code name=host:port} or {@code name=host:port:pid}.
     *
     * @throws CompareException if it is neither
     */
    static GivenBroker parse(String text) throws CompareException {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || port(matcher) > 65_535 || port(matcher) == 0) {
            throw new CompareException(
                    "a broker is given as NAME=HOST:PORT or NAME=HOST:PORT:PID, for example"
                            + " emq=127.0.0.1:1883:4711, not '"
                            + text
                            + "'");
        }
        String pid = matcher.group("pid");
        return new GivenBroker(
                matcher.group("name"),
                matcher.group("host"),
                port(matcher),
                pid == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(pid)));
    }

    String address() {
        return host + ":" + port;
    }

    private static int port(Matcher matcher) {
        return Integer.parseInt(matcher.group("port"));
    }
}
