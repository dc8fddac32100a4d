package io.carillon.session;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.Unsubscribe;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client asked of its session and was not answered, in its order. */
final class Unanswered {
    private static final int ENTRY_BYTES = 128;

    /** The kind of answer that is due. */
    private enum Answer {
        PUBREC,
        PUBCOMP,
        SUBACK,
        UNSUBACK
    }

    private record Key(Answer answer, int packetId) {}

    /** What was asked. */
    private sealed interface Asked {
        record ByPacket(Packet packet) implements Asked {}

        record BySubscribe(SubscribeCommand command) implements Asked {}
    }

    private record Entry(Asked asked, long bytes, boolean repeated) {}

    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    boolean add(Publish publish) {
        return add(Answer.PUBREC, publish.packetId(), publish, publish.message().bytes());
    }

    boolean add(Pubrel pubrel) {
        return add(Answer.PUBCOMP, pubrel.packetId(), pubrel, 0);
    }

    boolean add(Unsubscribe packet) {
        long filters = packet.filters().stream().mapToLong(String::length).sum();
        return add(Answer.UNSUBACK, packet.packetId(), packet, filters);
    }

    void add(SubscribeCommand command) {
        long filters = (long) ENTRY_BYTES * command.items().size();
        put(new Key(Answer.SUBACK, command.packetId()), new Asked.BySubscribe(command), filters);
    }

    private boolean add(Answer answer, int packetId, Packet packet, long size) {
        put(new Key(answer, packetId), new Asked.ByPacket(packet), size);
        return true;
    }

    private void put(Key key, Asked asked, long size) {
        Entry entry = new Entry(asked, ENTRY_BYTES + size, false);
        Entry before = entries.put(key, entry);
        bytes += entry.bytes() - (before == null ? 0 : before.bytes());
    }

    long bytes() {
        return bytes;
    }

    /**
     * An answer of the session, as the client is to get it; null where none is due: a leader that
     * lost its shard and got it back answers again what it was told again.
     */
    @Nullable Packet answer(Packet packet) {
        return switch (packet) {
            case Pubrec pubrec -> answer(Answer.PUBREC, pubrec.packetId(), pubrec);
            case Pubcomp pubcomp -> answer(Answer.PUBCOMP, pubcomp.packetId(), pubcomp);
            case Suback suback -> answer(Answer.SUBACK, suback.packetId(), suback);
            case Unsuback unsuback -> answer(Answer.UNSUBACK, unsuback.packetId(), unsuback);
            default -> throw new IllegalArgumentException("answers nothing: " + packet);
        };
    }

    private @Nullable Packet answer(Answer kind, int packetId, Packet packet) {
        Entry entry = entries.remove(new Key(kind, packetId));
        if (entry == null) {
            return null;
        }
        bytes -= entry.bytes();
        // An earlier leader has let the identifier go, and could not say so any more.
        return entry.repeated()
                        && packet instanceof Pubcomp pubcomp
                        && pubcomp.reason() == ReasonCode.PACKET_IDENTIFIER_NOT_FOUND
                ? new Pubcomp(packetId)
                : packet;
    }

    /** Tells another leader. Messages bear DUP then: some shards may have them already. */
    void tellAgain(Exchanges.ToSession session) {
        entries.replaceAll((_, entry) -> new Entry(entry.asked(), entry.bytes(), true));
        for (Entry entry : entries.values()) {
            switch (entry.asked()) {
                case Asked.ByPacket(Publish publish) -> session.forward(publish.withDup(true));
                case Asked.ByPacket(Packet packet) -> session.forward(packet);
                case Asked.BySubscribe(SubscribeCommand command) -> session.subscribe(command);
            }
        }
    }
}
