package io.carillon.net.listen;

import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says why a socket cannot be bound, and what to do about it. */
final class BindFailure {
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private BindFailure() {}

    /**
     * The error for a listener.
     *
     * @param address as the configuration has it, such as {@code 0.0.0.0:1883}
     */
    static ListenException of(
            String listener, String address, InetSocketAddress socket, @Nullable Throwable cause) {
        String start = "listener " + listener + " cannot listen at " + address + ": ";
        if (socket.isUnresolved()) {
            return new ListenException(
                    start
                            + "there is no host named "
                            + socket.getHostString()
                            + "; give an address of this machine, or 0.0.0.0 for all");
        }
        String text = cause == null || cause.getMessage() == null ? "no cause" : cause.getMessage();
        return new ListenException(start + explain(text, socket.getPort()));
    }

    private static String explain(String text, int port) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("in use")) {
            return "the address is in use; is another broker running? Stop it, or choose another"
                    + " port (0 takes any free one)";
        }
        if (lower.contains("permission denied")) {
            return port < FIRST_UNPRIVILEGED_PORT
                    ? "permission denied; ports below 1024 need the capability"
                            + " CAP_NET_BIND_SERVICE, or choose a higher port"
                    : "permission denied by the system";
        }
        if (lower.contains("assign requested address")) {
            return "this machine has no such address; give one of its own, or 0.0.0.0 for all";
        }
        return text;
    }
}
