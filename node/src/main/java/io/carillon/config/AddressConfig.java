package io.carillon.config;

import java.util.List;
import java.util.Optional;

/**
 * Where the nodes of a cluster reach this one.
 *
 * @param bind for membership, with a port that the others know
 * @param publicAddress where they reach that, if it is another; present if {@code bind} is all
 *     addresses
 * @param peerBind for messages; the others hear of its port
 * @param peerPublicAddress where they reach that, if it is another; present if {@code peerBind} is
 *     all addresses
 */
public record AddressConfig(
        BindAddress bind,
        Optional<BindAddress> publicAddress,
        BindAddress peerBind,
        Optional<BindAddress> peerPublicAddress) {
    static final Key<BindAddress> BIND =
            Key.of(
                    "cluster.bind",
                    Types.BIND,
                    "127.0.0.1:5701",
                    "HOST:PORT at which nodes find each other; plain text, so a network of their"
                            + " own");

    static final Key<BindAddress> PUBLIC_ADDRESS =
            Key.optional(
                    "cluster.publicAddress",
                    Types.REACHABLE,
                    "10.0.0.1:5701",
                    "Where other nodes reach cluster.bind, if not there");

    static final Key<BindAddress> PEER_BIND =
            Key.of(
                    "cluster.peerBind",
                    Types.BIND,
                    "127.0.0.1:7701",
                    "HOST:PORT for messages between nodes; port 0 for a free one");

    static final Key<BindAddress> PEER_PUBLIC_ADDRESS =
            Key.optional(
                    "cluster.peerPublicAddress",
                    Types.REACHABLE,
                    "10.0.0.1:7701",
                    "Where other nodes reach cluster.peerBind, if not there");

    static final List<Key<?>> KEYS = List.of(BIND, PUBLIC_ADDRESS, PEER_BIND, PEER_PUBLIC_ADDRESS);

    static AddressConfig from(Values values) {
        return new AddressConfig(
                values.get(BIND),
                values.find(PUBLIC_ADDRESS),
                values.get(PEER_BIND),
                values.find(PEER_PUBLIC_ADDRESS));
    }

    /** Where other nodes reach this one for membership. */
    public BindAddress member() {
        return publicAddress.orElse(bind);
    }

    /** Where other nodes send messages; its port is 0 if any free one is bound. */
    public BindAddress peer() {
        return peerPublicAddress.orElse(peerBind);
    }

    static void check(Values values, Problems problems) {
        BindAddress bind = values.get(BIND);
        if (bind.port() == 0) {
            problems.add(
                    values.origin(BIND.path()),
                    "cluster.bind needs a port from 1 to 65535: other nodes have to know it before"
                            + " they meet this one");
        }
        if (bind.port() != 0 && bind.equals(values.get(PEER_BIND))) {
            problems.add("cluster.bind and cluster.peerBind are both " + bind);
        }
        checkWildcard(BIND, PUBLIC_ADDRESS, values, problems);
        checkWildcard(PEER_BIND, PEER_PUBLIC_ADDRESS, values, problems);
    }

    private static void checkWildcard(
            Key<BindAddress> bind, Key<BindAddress> reached, Values values, Problems problems) {
        BindAddress address = values.get(bind);
        if (address.isWildcard() && values.find(reached).isEmpty()) {
            problems.add(
                    values.origin(bind.path()),
                    bind.path()
                            + " "
                            + address
                            + " is all addresses of this host, and other nodes have to be told one:"
                            + " bind that one, or set "
                            + reached.path());
        }
    }
}
