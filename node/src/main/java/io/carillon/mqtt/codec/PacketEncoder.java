package io.carillon.mqtt.codec;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.codec.Frame.Detail;
import io.carillon.mqtt.packet.Auth;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.ConnackProperties;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Pingresp;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.Unsuback;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.mqtt.packet.UserProperties;
import io.netty.buffer.ByteBuf;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Turns packets into the bytes that one connection sends, in the version of its peer. Belongs to
 * the connection's event loop; packets go out in the order in which they are encoded, as topic
 * aliases depend on it.
 *
 * <p>A packet that the version does not know (DISCONNECT and AUTH of a server before 5.0, a CONNACK
 * for whose reason 3.x has no code) or that is larger than the peer accepts [MQTT-3.1.2-24] is not
 * written: its size is 0. Reason strings and user properties are left out where they would make a
 * packet too large, or where the peer did not ask for them [MQTT-3.1.2-29].
 */
@OnEventLoop
public final class PacketEncoder {
    private static final int ACK_BYTES = 4;
    private static final int EMPTY_BYTES = 2;

    private final MqttVersion version;
    private final boolean v5;
    private final Side side;
    private final PublishEncoder publish;

    private int packetBytesMax = DecoderLimits.STANDARD_BYTES_MAX;
    private boolean problemInformation = true;

    /** An encoder for what a server sends. */
    public PacketEncoder(MqttVersion version, InstantSource clock) {
        this(version, clock, Side.SERVER);
    }

    /** An encoder for what that side sends. */
    public PacketEncoder(MqttVersion version, InstantSource clock, Side side) {
        this.version = version;
        this.v5 = version.hasProperties();
        this.side = side;
        publish = new PublishEncoder(v5, clock);
    }

    /**
     * Sets what the peer accepts, as its CONNECT or CONNACK says.
     *
     * @param maximumPacketSize in bytes, or {@link Integer#MAX_VALUE}
     * @param requestProblemInformation whether packets other than PUBLISH, CONNACK and DISCONNECT
     *     may carry reason strings and user properties
     * @param topicAliasMaximum 0 to 65,535
     */
    public void peer(
            int maximumPacketSize, boolean requestProblemInformation, int topicAliasMaximum) {
        packetBytesMax = Math.min(maximumPacketSize, DecoderLimits.STANDARD_BYTES_MAX);
        problemInformation = requestProblemInformation;
        publish.topicAliasMaximum(topicAliasMaximum);
    }

    /** Sets what the client accepts, before even CONNACK is written. */
    public void peer(ConnectProperties given) {
        peer(
                given.maximumPacketSize(),
                given.requestProblemInformation(),
                given.topicAliasMaximum());
    }

    /** Sets what the server accepts. */
    public void peer(ConnackProperties given) {
        peer(given.maximumPacketSize(), true, given.topicAliasMaximum());
    }

    public MqttVersion version() {
        return version;
    }

    /** The bytes that {@link #encode} would write now, 0 if none. */
    public int size(Packet packet) {
        return encodeOrMeasure(packet, null);
    }

    /**
     * Writes the packet at the writer index.
     *
     * @return the bytes written; 0 if the packet is not for this peer
     * @throws IllegalArgumentException if the topic alias is above the peer's maximum, or a string
     *     longer than 65,535 bytes
     */
    public int encode(Packet packet, ByteBuf out) {
        return encodeOrMeasure(packet, out);
    }

    /**
     * Writes all of a PUBLISH but the payload, which the caller sends right behind it.
     *
     * @return the bytes of the whole packet, payload included; 0 if the packet is not for this peer
     * @throws IllegalArgumentException if the topic alias is above the peer's maximum
     */
    public int encodeHeader(Publish packet, ByteBuf out) {
        int size = publish.size(packet);
        if (size > packetBytesMax) {
            return 0;
        }
        publish.writeHeader(packet, out);
        return size;
    }

    private int encodeOrMeasure(Packet packet, @Nullable ByteBuf out) {
        return switch (packet) {
            case Publish p -> publish(p, out);
            case Puback(int id, var reason, var text, var users) ->
                    ack(PacketType.PUBACK, id, reason, text, users, out);
            case Pubrec(int id, var reason, var text, var users) ->
                    ack(PacketType.PUBREC, id, reason, text, users, out);
            case Pubrel(int id, var reason, var text, var users) ->
                    ack(PacketType.PUBREL, id, reason, text, users, out);
            case Pubcomp(int id, var reason, var text, var users) ->
                    ack(PacketType.PUBCOMP, id, reason, text, users, out);
            case Pingreq _ -> empty(PacketType.PINGREQ, out);
            case Pingresp _ -> empty(PacketType.PINGRESP, out);
            case Subscribe p -> write(SubscribeEncoder.frame(p, v5), detail(), out);
            case Suback p -> write(SubackEncoder.frame(p, version), detail(), out);
            case Unsubscribe p -> write(SubscribeEncoder.frame(p, v5), detail(), out);
            case Unsuback p -> write(SubackEncoder.frame(p, v5), detail(), out);
            case Connect p -> write(ConnectEncoder.frame(p), Detail.ALL, out);
            case Connack p -> write(ConnackEncoder.frame(p, version), Detail.ALL, out);
            case Disconnect p -> write(DisconnectEncoder.frame(p, v5, side), Detail.ALL, out);
            case Auth p -> write(AuthEncoder.frame(p, v5), detail(), out);
        };
    }

    private int publish(Publish packet, @Nullable ByteBuf out) {
        int size = publish.size(packet);
        if (size > packetBytesMax) {
            return 0;
        }
        if (out != null) {
            out.ensureWritable(size);
            publish.writeHeader(packet, out);
            out.writeBytes(packet.message().payload());
        }
        return size;
    }

    /** Four bytes where there is nothing to say, which is nearly always. */
    private int ack(
            PacketType type,
            int packetId,
            ReasonCode reason,
            @Nullable String reasonString,
            UserProperties users,
            @Nullable ByteBuf out) {
        boolean bare = reason == ReasonCode.SUCCESS && reasonString == null && users.isEmpty();
        if (v5 && !bare) {
            Frame frame = new Frame(type, true);
            frame.head().u16(packetId);
            frame.lastReason(reason);
            frame.explain(reasonString, users);
            return write(frame, detail(), out);
        }
        if (ACK_BYTES > packetBytesMax) {
            return 0;
        }
        if (out != null) {
            out.writeInt((type.firstByte() << 24) | (2 << 16) | packetId);
        }
        return ACK_BYTES;
    }

    private int empty(PacketType type, @Nullable ByteBuf out) {
        if (EMPTY_BYTES > packetBytesMax) {
            return 0;
        }
        if (out != null) {
            out.writeShort(type.firstByte() << 8);
        }
        return EMPTY_BYTES;
    }

    private Detail detail() {
        return problemInformation ? Detail.ALL : Detail.NONE;
    }

    private int write(@Nullable Frame frame, Detail most, @Nullable ByteBuf out) {
        Detail detail = frame == null ? null : frame.fitting(most, packetBytesMax);
        if (frame == null || detail == null) {
            return 0;
        }
        if (out != null) {
            frame.write(detail, out);
        }
        return frame.size(detail);
    }
}
