package io.carillon.peers.route;

import io.carillon.cluster.interest.Attributes;
import java.nio.ByteBuffer;

/**
 * How many members a shared subscription has somewhere: what goes with its filter to other nodes.
 *
 * @param connected those with a client that is connected
 * @param total all, at least 1
 */
record MemberCount(int connected, int total) {
    private static final MemberCount ONE = new MemberCount(1, 1);

    /** Two numbers of four bytes; whatever a later release adds comes behind them. */
    Attributes toAttributes() {
        return Attributes.of(
                ByteBuffer.allocate(2 * Integer.BYTES).putInt(connected).putInt(total).array());
    }

    /** The count that came with a filter; one connected member if it makes no sense. */
    static MemberCount of(Attributes attributes) {
        ByteBuffer bytes = ByteBuffer.wrap(attributes.bytes());
        if (bytes.remaining() < 2 * Integer.BYTES) {
            return ONE;
        }
        int connected = bytes.getInt();
        int total = bytes.getInt();
        return connected < 0 || total < 1 || connected > total
                ? ONE
                : new MemberCount(connected, total);
    }
}
