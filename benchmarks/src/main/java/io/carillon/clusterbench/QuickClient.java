package io.carillon.clusterbench;

import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.mqtt.codec.MalformedPacket;
import io.carillon.mqtt.codec.PacketDecoder;
import io.carillon.mqtt.codec.PacketEncoder;
import io.carillon.mqtt.codec.Side;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.UserProperties;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;

/** A client on a blocking socket, for one question and its answer at a time. One thread. */
final class QuickClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final long SESSION_EXPIRY_SECONDS = 3_600;

    private final Socket socket = new Socket();
    private final PacketEncoder encoder =
            new PacketEncoder(MqttVersion.V5, InstantSource.system(), Side.CLIENT);
    private final PacketDecoder decoder =
            new PacketDecoder(DecoderLimits.DEFAULT, InstantSource.system(), Side.CLIENT);
    private final ByteBuf in = Unpooled.buffer();
    private final byte[] chunk = new byte[4_096];
    private int packetId;

    QuickClient(InetSocketAddress to) throws IOException {
        decoder.accepted(MqttVersion.V5, 0);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(to, TIMEOUT_MILLIS);
    }

    /**
     * Says CONNECT for a durable session.
     *
     * @return whether the session was there
     * @throws IOException if the broker refuses or goes away
     */
    boolean connect(String clientId) throws IOException {
        ConnectProperties usual = ConnectProperties.DEFAULT;
        ConnectProperties properties =
                new ConnectProperties(
                        SESSION_EXPIRY_SECONDS,
                        usual.receiveMaximum(),
                        usual.maximumPacketSize(),
                        0,
                        false,
                        true,
                        null,
                        null,
                        UserProperties.NONE);
        send(new Connect(MqttVersion.V5, clientId, false, 0, null, null, null, properties));
        Connack connack = expect(Connack.class);
        if (connack.reason() != ReasonCode.SUCCESS) {
            throw new IOException("refused: " + connack);
        }
        return connack.sessionPresent();
    }

    /** Subscribes to a filter and waits for the SUBACK. */
    void subscribe(String filter) throws IOException {
        packetId = packetId % 65_535 + 1;
        SubscriptionOptions options = SubscriptionOptions.of(QoS.AT_MOST_ONCE);
        send(
                new Subscribe(
                        packetId,
                        List.of(new Subscribe.Request(filter, options)),
                        0,
                        UserProperties.NONE));
        Suback suback = expect(Suback.class);
        if (suback.reasons().getFirst().isError()) {
            throw new IOException("refused: " + suback);
        }
    }

    private void send(Packet packet) throws IOException {
        ByteBuf out = Unpooled.buffer();
        encoder.encode(packet, out);
        socket.getOutputStream().write(out.array(), 0, out.readableBytes());
    }

    private <P extends Packet> P expect(Class<P> type) throws IOException {
        try {
            Packet packet = decoder.decode(in);
            while (packet == null) {
                in.discardReadBytes();
                int length = socket.getInputStream().read(chunk);
                if (length < 0) {
                    throw new EOFException("the broker closed the connection");
                }
                in.writeBytes(chunk, 0, length);
                packet = decoder.decode(in);
            }
            if (!type.isInstance(packet)) {
                throw new IOException("instead of " + type.getSimpleName() + " came " + packet);
            }
            return type.cast(packet);
        } catch (MalformedPacket e) {
            throw new IOException("the broker sent what is no packet", e);
        }
    }

    @Override
    public void close() {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
    }
}
