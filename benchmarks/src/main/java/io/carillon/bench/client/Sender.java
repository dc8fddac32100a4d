package io.carillon.bench.client;

/** A client that publishes: has packet identifiers, and takes what the broker answers to them. */
abstract class Sender extends Client {
    private static final int REFUSED = 0x80;

    /** Packet identifiers that are free, as a stack; the same few are used again and again. */
    private final char[] freeIds;

    private int freeCount;
    private int usableIds;

    /**
     * @param ids how many messages may wait for their acknowledgement, 0 to 65,535
     */
    Sender(LoadLoop loop, Identity identity, int ids) {
        super(loop, identity);
        freeIds = new char[ids];
    }

    /** How many messages may be sent that want an acknowledgement. */
    final int freeIds() {
        return freeCount;
    }

    /** Takes one of the {@link #freeIds}. */
    final int takeId() {
        return freeIds[--freeCount];
    }

    /** True while no message waits for its acknowledgement. */
    final boolean allAcknowledged() {
        return freeCount == usableIds;
    }

    /** A message will not be delivered. */
    void refused() {}

    @Override
    protected void connected(Connack connack) {
        usableIds = Math.min(freeIds.length, connack.receiveMaximum());
        for (int id = usableIds; id > 0; id--) {
            freeIds[freeCount++] = (char) id;
        }
        becomeReady();
    }

    @Override
    protected void puback(int packetId, int reason) {
        completed(packetId, reason);
    }

    @Override
    protected void pubrec(int packetId, int reason) {
        if (reason >= REFUSED) {
            completed(packetId, reason);
        } else {
            acknowledge(0x62, packetId);
        }
    }

    @Override
    protected void pubcomp(int packetId, int reason) {
        completed(packetId, reason);
    }

    private void completed(int packetId, int reason) {
        if (reason < REFUSED) {
            counters.acknowledged++;
        } else {
            counters.refused++;
            counters.fault(
                    "a message was refused with reason code 0x" + Integer.toHexString(reason));
            refused();
        }
        freeIds[freeCount++] = (char) packetId;
        loop.touch(this);
    }
}
