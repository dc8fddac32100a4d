package io.carillon.peers;

import io.carillon.bytes.FieldReader;
import io.carillon.bytes.FieldWriter;
import io.carillon.mqtt.packet.Auth;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Pingresp;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.record.MessageFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The packets that pass between a client and its durable session. Unlike on the wire of MQTT an
 * expiry is a moment and not a time that is left, so that it does not grow on the way.
 */
final class PacketFields {
    private static final int PUBLISH = 1;
    private static final int PUBACK = 2;
    private static final int PUBREC = 3;
    private static final int PUBREL = 4;
    private static final int PUBCOMP = 5;
    private static final int SUBACK = 6;
    private static final int UNSUBACK = 7;
    private static final int UNSUBSCRIBE = 8;

    private static final int RETAIN = 4;
    private static final int DUP = 8;

    private PacketFields() {}

    static void put(FieldWriter out, List<Packet> packets) {
        out.putNumber(packets.size());
        Topic topic = null;
        for (Packet packet : packets) {
            if (packet instanceof Publish publish) {
                put(out, publish, topic);
                topic = publish.message().topic();
            } else {
                put(out, packet);
            }
        }
    }

    static List<Packet> get(FieldReader in) throws UnreadableMessage {
        int count = in.getCount();
        List<Packet> packets = new ArrayList<>(count);
        Topic topic = null;
        for (int i = 0; i < count; i++) {
            Packet packet = get(in, topic);
            if (packet instanceof Publish publish) {
                topic = publish.message().topic();
            }
            packets.add(packet);
        }
        return packets;
    }

    private static void put(FieldWriter out, Publish publish, @Nullable Topic before) {
        out.putByte(PUBLISH);
        out.putByte(
                publish.qos().level()
                        | (publish.retain() ? RETAIN : 0)
                        | (publish.dup() ? DUP : 0));
        out.putNumber(publish.packetId());
        out.putNumber(publish.subscriptionIdentifiers().length);
        for (int identifier : publish.subscriptionIdentifiers()) {
            out.putNumber(identifier);
        }
        MessageFields.put(out, publish.message(), before);
    }

    private static Publish getPublish(FieldReader in, @Nullable Topic before) {
        int flags = in.getByte();
        int packetId = (int) in.getNumber();
        int[] identifiers = new int[in.getCount()];
        for (int i = 0; i < identifiers.length; i++) {
            identifiers[i] = (int) in.getNumber();
        }
        return new Publish(
                MessageFields.get(in, before),
                QoS.of(flags & 3),
                (flags & RETAIN) != 0,
                (flags & DUP) != 0,
                packetId,
                identifiers.length == 0 ? Publish.NO_IDENTIFIERS : identifiers,
                0);
    }

    private static void put(FieldWriter out, Packet packet) {
        switch (packet) {
            case Puback(int id, var reason, var text, var users) ->
                    put(out, PUBACK, id, List.of(reason), text, users);
            case Pubrec(int id, var reason, var text, var users) ->
                    put(out, PUBREC, id, List.of(reason), text, users);
            case Pubrel(int id, var reason, var text, var users) ->
                    put(out, PUBREL, id, List.of(reason), text, users);
            case Pubcomp(int id, var reason, var text, var users) ->
                    put(out, PUBCOMP, id, List.of(reason), text, users);
            case Suback(int id, var reasons, var text, var users) ->
                    put(out, SUBACK, id, reasons, text, users);
            case Unsuback(int id, var reasons, var text, var users) ->
                    put(out, UNSUBACK, id, reasons, text, users);
            case Unsubscribe(int id, var filters, var users) -> {
                out.putByte(UNSUBSCRIBE).putNumber(id).putNumber(filters.size());
                filters.forEach(out::putText);
                put(out, users);
            }
            case Publish publish -> put(out, publish, null);
            case Connect _, Connack _, Subscribe _, Pingreq _, Pingresp _, Disconnect _, Auth _ ->
                    throw new IllegalArgumentException("belongs to no session: " + packet);
        }
    }

    private static void put(
            FieldWriter out,
            int type,
            int packetId,
            List<ReasonCode> reasons,
            @Nullable String text,
            UserProperties users) {
        out.putByte(type).putNumber(packetId).putNumber(reasons.size());
        reasons.forEach(reason -> out.putByte(reason.value()));
        out.putOptionalText(text);
        put(out, users);
    }

    private static Packet get(FieldReader in, @Nullable Topic before) throws UnreadableMessage {
        int type = in.getByte();
        if (type == PUBLISH) {
            return getPublish(in, before);
        }
        int packetId = (int) in.getNumber();
        int count = in.getCount();
        if (type == UNSUBSCRIBE) {
            List<String> filters = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                filters.add(in.getText());
            }
            return new Unsubscribe(packetId, filters, getUsers(in));
        }
        List<ReasonCode> reasons = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            reasons.add(getReason(in));
        }
        String text = in.getOptionalText();
        UserProperties users = getUsers(in);
        if (type == SUBACK) {
            return new Suback(packetId, reasons, text, users);
        }
        if (type == UNSUBACK) {
            return new Unsuback(packetId, reasons, text, users);
        }
        if (count != 1) {
            throw new UnreadableMessage("a packet of type " + type + " with " + count + " reasons");
        }
        ReasonCode reason = reasons.getFirst();
        return switch (type) {
            case PUBACK -> new Puback(packetId, reason, text, users);
            case PUBREC -> new Pubrec(packetId, reason, text, users);
            case PUBREL -> new Pubrel(packetId, reason, text, users);
            case PUBCOMP -> new Pubcomp(packetId, reason, text, users);
            default -> throw new UnreadableMessage("a packet of type " + type);
        };
    }

    static ReasonCode getReason(FieldReader in) throws UnreadableMessage {
        int value = in.getByte();
        ReasonCode reason = ReasonCode.of(value);
        if (reason == null) {
            throw new UnreadableMessage("reason code " + value);
        }
        return reason;
    }

    private static void put(FieldWriter out, UserProperties users) {
        out.putNumber(users.pairs().size());
        for (UserProperties.Pair pair : users.pairs()) {
            out.putText(pair.name()).putText(pair.value());
        }
    }

    private static UserProperties getUsers(FieldReader in) {
        int count = in.getCount();
        if (count == 0) {
            return UserProperties.NONE;
        }
        List<UserProperties.Pair> pairs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            pairs.add(new UserProperties.Pair(in.getText(), in.getText()));
        }
        return new UserProperties(pairs);
    }
}
