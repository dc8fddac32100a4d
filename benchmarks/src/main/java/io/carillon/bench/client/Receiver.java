package io.carillon.bench.client;

import io.netty.buffer.ByteBuf;
import java.util.BitSet;

/** A client that gets messages and acknowledges them; one of QoS 2 counts when it comes first. */
abstract class Receiver extends Client {
    /** QoS 2 packet identifiers received and not yet released. */
    private final BitSet unreleased = new BitSet();

    Receiver(LoadLoop loop, Identity identity) {
        super(loop, identity);
    }

    /** A message has come, with its payload in there. */
    abstract void receive(ByteBuf in, int at, int length);

    @Override
    protected final void published(ByteBuf in, int level, int packetId, int at, int length) {
        switch (level) {
            case 0 -> receive(in, at, length);
            case 1 -> {
                receive(in, at, length);
                acknowledge(0x40, packetId);
            }
            default -> {
                if (!unreleased.get(packetId)) {
                    unreleased.set(packetId);
                    receive(in, at, length);
                }
                acknowledge(0x50, packetId);
            }
        }
    }

    @Override
    protected final void pubrel(int packetId) {
        unreleased.clear(packetId);
        acknowledge(0x70, packetId);
    }
}
