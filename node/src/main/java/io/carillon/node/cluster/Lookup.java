package io.carillon.node.cluster;

import io.carillon.cluster.membership.HostPort;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Looks up names of hosts, which may block: so not on the loop that asks. */
@FunctionalInterface
public interface Lookup {

    /** On a thread of its own each time. */
    Lookup SYSTEM =
            (address, found) ->
                    Thread.ofVirtual()
                            .name("peer-lookup")
                            .start(
                                    () ->
                                            found.accept(
                                                    new InetSocketAddress(
                                                            address.host(), address.port())));

    /**
     * Returns at once.
     *
     * @param found called on any thread, perhaps before the call returns; the address is unresolved
     *     if there is no such host
     */
    void find(HostPort address, Consumer<InetSocketAddress> found);
}
