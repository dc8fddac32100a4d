package io.carillon.testing;

import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.mqtt.codec.MalformedPacket;
import io.carillon.mqtt.codec.PacketDecoder;
import io.carillon.mqtt.codec.PacketEncoder;
import io.carillon.mqtt.codec.Side;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One blocking socket with packets on it: sends any packet, or any bytes, and waits for what comes,
 * always with a deadline. Keeps no state of the protocol. One thread.
 */
public final class RawConnection implements AutoCloseable {
    /** Long enough for a busy machine: what a test expects comes far sooner. */
    public static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Socket socket = new Socket();
    private final PacketEncoder encoder;
    private final PacketDecoder decoder;
    private final ByteBuf in = Unpooled.buffer();
    private final byte[] chunk = new byte[8_192];

    /**
     * Opens a connection on which that version is spoken.
     *
     * @throws IOException if nobody listens there
     */
    public RawConnection(InetSocketAddress to, MqttVersion version) throws IOException {
        encoder = new PacketEncoder(version, InstantSource.system(), Side.CLIENT);
        decoder = new PacketDecoder(DecoderLimits.DEFAULT, InstantSource.system(), Side.CLIENT);
        decoder.accepted(version, 0);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(to, (int) DEADLINE.toMillis());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public void send(Packet packet) throws IOException {
        ByteBuf out = Unpooled.buffer();
        encoder.encode(packet, out);
        send(out.array(), out.readableBytes());
    }

    /** Sends bytes that need not be a packet. */
    public void send(byte[] bytes) throws IOException {
        send(bytes, bytes.length);
    }

    private void send(byte[] bytes, int length) throws IOException {
        socket.getOutputStream().write(bytes, 0, length);
    }

    /**
     * The next packet, or nothing if none comes in that time.
     *
     * @throws EOFException if the broker has closed the connection
     */
    public Optional<Packet> receive(Duration patience) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            Packet packet = decode();
            if (packet != null) {
                return Optional.of(packet);
            }
            long millis = (until - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return Optional.empty();
            }
            socket.setSoTimeout((int) millis);
            if (!read()) {
                return Optional.empty();
            }
        }
    }

    /** The next packet; fails if none comes, or one of another type. */
    public <P extends Packet> P expect(Class<P> type) throws IOException {
        Packet packet =
                receive(DEADLINE)
                        .orElseThrow(
                                () -> new AssertionError("no " + type.getSimpleName() + " came"));
        if (!type.isInstance(packet)) {
            throw new AssertionError("expected " + type.getSimpleName() + ", got " + packet);
        }
        return type.cast(packet);
    }

    /** Waits until the broker closes the connection; fails if a packet comes or nothing happens. */
    public void expectClosed() {
        try {
            Optional<Packet> packet = receive(DEADLINE);
            throw new AssertionError(
                    packet.map(p -> "expected the end, got " + p).orElse("the connection stays"));
        } catch (IOException e) {
            // It is what was expected: closed in good order, or reset.
        }
    }

    /** Waits until the broker closes the connection, whatever comes before. */
    public void awaitClosed() {
        try {
            Optional<Packet> packet = receive(DEADLINE);
            while (packet.isPresent()) {
                packet = receive(DEADLINE);
            }
        } catch (IOException e) {
            return;
        }
        throw new AssertionError("the connection stays");
    }

    /** Closes the socket without a word; data on its way may be lost. */
    @Override
    public void close() {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
    }

    private Packet decode() {
        try {
            Packet packet = decoder.decode(in);
            in.discardSomeReadBytes();
            return packet;
        } catch (MalformedPacket e) {
            throw new AssertionError("the broker sent what is no packet", e);
        }
    }

    private boolean read() throws IOException {
        try {
            int length = socket.getInputStream().read(chunk);
            if (length < 0) {
                throw new EOFException("the broker closed the connection");
            }
            in.writeBytes(chunk, 0, length);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
