package io.carillon.simulation;

import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client keeps of its session: exchanges of both directions, until they are over. */
final class ClientSession {
    private static final int WINDOW = 15;
    private static final int PACKET_ID_MAX = 60_000;

    private final World world;
    private final Map<Integer, Outgoing> sending = new LinkedHashMap<>();
    private final Set<Integer> receiving = new HashSet<>();
    private int lastPacketId;

    private record Outgoing(Ledger.Sent message, Publish packet, boolean released) {}

    ClientSession(World world) {
        this.world = world;
    }

    boolean isDone() {
        return sending.isEmpty();
    }

    boolean hasRoom() {
        return sending.size() < WINDOW;
    }

    List<String> waits() {
        return sending.values().stream().map(each -> each.message().toString()).toList();
    }

    /** The server knows nothing of it. */
    void forget() {
        sending.clear();
        receiving.clear();
    }

    /** The PUBLISH of a message, kept until it is answered. */
    Publish publish(Ledger.Sent message) {
        byte[] payload = String.valueOf(message.number).getBytes(StandardCharsets.UTF_8);
        int packetId = message.qos == QoS.AT_MOST_ONCE ? 0 : nextPacketId();
        Publish packet =
                new Publish(
                        Message.of(Topic.of(message.topic), payload),
                        message.qos,
                        message.retain,
                        false,
                        packetId);
        if (packetId != 0) {
            sending.put(packetId, new Outgoing(message, packet, false));
        }
        return packet;
    }

    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId % PACKET_ID_MAX + 1;
        } while (sending.containsKey(lastPacketId));
        return lastPacketId;
    }

    /** What is to be sent again over a new connection. */
    List<Packet> unanswered(Object connection) {
        return sending.entrySet().stream()
                .<Packet>map(
                        each -> {
                            Outgoing outgoing = each.getValue();
                            Log.say(world, connection + " sends again " + outgoing.message());
                            return outgoing.released()
                                    ? new Pubrel(each.getKey(), ReasonCode.SUCCESS)
                                    : outgoing.packet().withDup(true);
                        })
                .toList();
    }

    /** The answer to an answer of the server, or null if there is none. */
    @Nullable Packet answered(Packet packet, Object connection) {
        return switch (packet) {
            case Puback puback -> {
                done(puback.packetId(), puback.reason(), connection);
                yield null;
            }
            case Pubrec pubrec -> pubrec(pubrec, connection);
            case Pubrel pubrel -> {
                receiving.remove(pubrel.packetId());
                yield new Pubcomp(pubrel.packetId(), ReasonCode.SUCCESS);
            }
            case Pubcomp pubcomp -> {
                sending.remove(pubcomp.packetId());
                yield null;
            }
            default -> throw new IllegalArgumentException("no answer: " + packet);
        };
    }

    private void done(int packetId, ReasonCode reason, Object connection) {
        Outgoing outgoing = sending.remove(packetId);
        if (outgoing != null && !reason.isError()) {
            accepted(outgoing, connection);
        } else if (reason.isError()) {
            if (outgoing != null) {
                outgoing.message().refusedMillis = world.now();
            }
            Log.say(world, connection + " is told " + reason + " for " + outgoing);
        }
    }

    private void accepted(Outgoing outgoing, Object connection) {
        outgoing.message().acceptedMillis = world.now();
        Log.say(world, connection + " is acknowledged " + outgoing.message());
    }

    private @Nullable Packet pubrec(Pubrec pubrec, Object connection) {
        int packetId = pubrec.packetId();
        Outgoing outgoing = sending.get(packetId);
        if (outgoing == null) {
            return new Pubrel(packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
        }
        if (pubrec.reason().isError()) {
            done(packetId, pubrec.reason(), connection);
            return null;
        }
        if (!outgoing.released()) {
            accepted(outgoing, connection);
            sending.put(packetId, new Outgoing(outgoing.message(), outgoing.packet(), true));
        }
        return new Pubrel(packetId, ReasonCode.SUCCESS);
    }

    /** True if a PUBLISH of the server is not one that was taken already. */
    boolean isNew(Publish publish) {
        return publish.qos() != QoS.EXACTLY_ONCE || receiving.add(publish.packetId());
    }
}
