package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A client that subscribes to many filters, none of which is to match anything, and stays. It is
 * ready when all are acknowledged. Many filters go in one SUBSCRIBE, and one of these at a time.
 */
public final class FilterHolder extends Client {
    static final int FILTERS_PER_PACKET_MAX = 200;

    /** Brokers take such a packet also where they are set up for small ones. */
    static final int PACKET_BYTES_MAX = 16 << 10;

    private final List<byte[]> filters;
    private int packetBytesMax = PACKET_BYTES_MAX;
    private int asked;
    private int packetId;

    /** A holder of those filters, at QoS 0. */
    public FilterHolder(LoadLoop loop, Identity identity, List<String> filters) {
        super(loop, identity);
        this.filters = filters.stream().map(Frame::utf8).toList();
    }

    @Override
    protected void connected(Connack connack) {
        packetBytesMax = Math.min(PACKET_BYTES_MAX, connack.maximumPacketSize());
        subscribed();
    }

    @Override
    protected void subscribed() {
        if (asked == filters.size()) {
            becomeReady();
            return;
        }
        int end = end(asked);
        packetId = packetId % 65_535 + 1;
        out().writeBytes(Frames.subscribe(protocol(), packetId, filters.subList(asked, end), 0));
        asked = end;
    }

    /** Where the packet that begins with that filter ends: at least one is in it. */
    private int end(int from) {
        int bytes = Frames.SUBSCRIBE_HEAD_BYTES_MAX;
        int end = from;
        do {
            bytes += Frames.filterBytes(filters.get(end++));
        } while (end < filters.size()
                && end - from < FILTERS_PER_PACKET_MAX
                && bytes + Frames.filterBytes(filters.get(end)) <= packetBytesMax);
        return end;
    }

    @Override
    protected void published(ByteBuf in, int qos, int packetId, int at, int length) {
        counters.foreign++;
        counters.fault("a subscriber got a message that none of its filters matches");
    }
}
