package io.carillon.mqtt.codec;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Pingreq;
import io.carillon.mqtt.packet.Pingresp;
import io.netty.buffer.ByteBuf;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes that one connection receives into packets. Belongs to the connection's event
 * loop.
 *
 * <p>On a server the first packet must be CONNECT, and there is no second [MQTT-3.1.0-1]
 * [MQTT-3.1.0-2] [MQTT3-3.1.0-1] [MQTT3-3.1.0-2]; the decoder sees to both, and takes the version
 * from it. Until {@link #accepted} a packet is held to the smaller limit, and no topic alias is
 * valid: a connection decodes nothing but AUTH and DISCONNECT meanwhile and leaves the rest in the
 * buffer. A client calls {@code accepted} before its first packet arrives.
 *
 * <p>After a {@link MalformedPacket} the connection ends: nothing was consumed, and the same bytes
 * would fail again.
 */
@OnEventLoop
public final class PacketDecoder {
    /** A packet has a first byte and at least one byte of remaining length. */
    private static final int HEADER_BYTES_MIN = 2;

    private static final Pingreq PINGREQ = new Pingreq();
    private static final Pingresp PINGRESP = new Pingresp();

    private final Side side;
    private final DecoderLimits limits;
    private final BodyReader body;
    private final TopicAliases aliases = new TopicAliases();
    private final ConnectDecoder connect;
    private final ConnackDecoder connack;
    private final PublishDecoder publish;
    private final AckDecoder ack;
    private final SubscribeDecoder subscribe;
    private final SubackDecoder suback;
    private final DisconnectDecoder disconnect;
    private final AuthDecoder auth;

    // For the connection.
    private int packetBytesMax;
    private boolean connected;

    // For the packet at hand.
    private @Nullable PacketType type;
    private int firstByte;
    private int headerBytes;
    private int neededBytes = HEADER_BYTES_MIN;
    private boolean lengthPadded;

    public PacketDecoder(DecoderLimits limits, InstantSource clock, Side side) {
        this.side = side;
        this.limits = limits;
        packetBytesMax = limits.connectBytesMax();
        body = new BodyReader(limits, side);
        PropertyReader properties = new PropertyReader(body);
        ReasonProperties reasons = new ReasonProperties(body, properties);
        MessagePropertyReader ofMessage = new MessagePropertyReader(body, properties);
        TopicReader topics = new TopicReader(body);
        connect =
                new ConnectDecoder(
                        body,
                        new ConnectPropertyReader(body, properties),
                        new WillReader(body, topics, ofMessage));
        connack = new ConnackDecoder(body, properties);
        publish = new PublishDecoder(body, topics, ofMessage, aliases, clock);
        ack = new AckDecoder(body, reasons);
        subscribe = new SubscribeDecoder(body, properties);
        suback = new SubackDecoder(body, reasons);
        disconnect = new DisconnectDecoder(body, properties);
        auth = new AuthDecoder(body, properties);
    }

    /**
     * Goes over to the full packet size, to that version, and to the topic aliases that we
     * announced.
     *
     * @param topicAliasMaximum 0 to 65,535
     */
    public void accepted(MqttVersion version, int topicAliasMaximum) {
        body.version(version);
        aliases.maximum(topicAliasMaximum);
        packetBytesMax = limits.packetBytesMax();
    }

    /**
     * The version that CONNECT named, also if it proved malformed further on; for a level that we
     * do not support, the version in which to say so. Null as long as no version is known: there is
     * no way to answer then but to close.
     */
    public @Nullable MqttVersion version() {
        return body.version();
    }

    /** How many bytes must be there, from the reader index, before decoding can go on. */
    public int neededBytes() {
        return neededBytes;
    }

    /**
     * The packet at the reader index, consumed; or null if it is not whole yet, with nothing
     * consumed. The next call must find the same bytes at the reader index, and more behind them.
     *
     * @throws MalformedPacket if the bytes are no packet that the standard allows here, possibly
     *     before all are there
     */
    public @Nullable Packet decode(ByteBuf in) throws MalformedPacket {
        if (in.readableBytes() < neededBytes) {
            return null;
        }
        PacketType current = type;
        if (current == null) {
            current = readHeader(in);
            if (current == null || in.readableBytes() < neededBytes) {
                return null;
            }
        }
        int start = in.readerIndex();
        body.open(in, current, start + headerBytes, start + neededBytes);
        Packet packet;
        try {
            packet = decodeBody(current);
        } finally {
            body.close();
        }
        checkLength(current);
        in.skipBytes(neededBytes);
        type = null;
        neededBytes = HEADER_BYTES_MIN;
        return packet;
    }

    /** The type once the fixed header is there and checked; null while bytes of it are missing. */
    private @Nullable PacketType readHeader(ByteBuf in) throws MalformedPacket {
        int start = in.readerIndex();
        int first = in.getUnsignedByte(start);
        int length = 0;
        int lengthBytes = 0;
        int next;
        do {
            // [MQTT-1.5.5-1], and 2.2.3 of 3.1.1
            if (lengthBytes == 4) {
                throw new MalformedPacket(Malformation.LENGTH_TOO_LONG, PacketType.of(first), "");
            }
            if (in.readableBytes() < 2 + lengthBytes) {
                neededBytes = 2 + lengthBytes;
                return null;
            }
            next = in.getUnsignedByte(start + 1 + lengthBytes);
            length |= (next & 0x7F) << (7 * lengthBytes);
            lengthBytes++;
        } while (next >= 0x80);
        firstByte = first;
        headerBytes = 1 + lengthBytes;
        lengthPadded = lengthBytes > VariableByteInteger.bytes(length);
        PacketType checked = checkHeader(first);
        // [MQTT-3.2.2-15]
        if (length > packetBytesMax - headerBytes) {
            throw new MalformedPacket(
                    Malformation.PACKET_TOO_LARGE,
                    checked,
                    (headerBytes + length) + " bytes, at most " + packetBytesMax);
        }
        neededBytes = headerBytes + length;
        type = checked;
        return checked;
    }

    private PacketType checkHeader(int first) throws MalformedPacket {
        PacketType checked = PacketType.of(first);
        MqttVersion version = body.version();
        if (checked == null
                || (checked == PacketType.AUTH && version != null && !version.hasProperties())) {
            throw new MalformedPacket(Malformation.RESERVED_TYPE, checked, "");
        }
        if (!checked.readBy(side)
                || (checked == PacketType.DISCONNECT && side == Side.CLIENT && !body.isV5())) {
            throw new MalformedPacket(Malformation.WRONG_DIRECTION, checked, "");
        }
        if (side == Side.SERVER && connected == (checked == PacketType.CONNECT)) {
            throw new MalformedPacket(
                    connected ? Malformation.SECOND_CONNECT : Malformation.NOT_CONNECT_FIRST,
                    checked,
                    "");
        }
        // [MQTT-2.1.3-1] [MQTT-3.6.1-1] [MQTT-3.8.1-1] [MQTT-3.10.1-1] [MQTT-3.14.1-1]
        // [MQTT-3.15.1-1] [MQTT3-2.2.2-1] [MQTT3-2.2.2-2] [MQTT3-3.6.1-1] [MQTT3-3.8.1-1]
        // [MQTT3-3.10.1-1]
        // [MQTT3-3.14.1-1]; 3.1 has a DUP flag in requests that are sent again.
        boolean free = checked == PacketType.PUBLISH || body.isV31();
        if (!free && (first & 0x0F) != checked.flags()) {
            throw new MalformedPacket(Malformation.WRONG_FLAGS, checked, "");
        }
        return checked;
    }

    /** Only 5.0 demands the shortest form of the remaining length [MQTT-1.5.5-1]. */
    private void checkLength(PacketType current) throws MalformedPacket {
        if (lengthPadded && body.isV5()) {
            throw new MalformedPacket(Malformation.LENGTH_NOT_MINIMAL, current, "");
        }
    }

    private Packet decodeBody(PacketType current) throws MalformedPacket {
        return switch (current) {
            case PUBLISH -> publish.decode(firstByte);
            case PUBACK -> ack.puback();
            case PUBREC -> ack.pubrec();
            case PUBREL -> ack.pubrel();
            case PUBCOMP -> ack.pubcomp();
            case SUBSCRIBE -> subscribe.subscribe();
            case SUBACK -> suback.suback();
            case UNSUBSCRIBE -> subscribe.unsubscribe();
            case UNSUBACK -> suback.unsuback();
            case PINGREQ -> empty(PINGREQ);
            case PINGRESP -> empty(PINGRESP);
            case DISCONNECT -> disconnect.decode();
            case AUTH -> auth.decode();
            case CONNACK -> connack.decode();
            case CONNECT -> connect();
        };
    }

    private Packet connect() throws MalformedPacket {
        Packet packet = connect.decode();
        connected = true;
        return packet;
    }

    private Packet empty(Packet packet) throws MalformedPacket {
        body.expectEnd();
        return packet;
    }
}
