package io.carillon.simulation;

import io.carillon.mqtt.codec.DecoderLimits;
import io.carillon.mqtt.codec.MalformedPacket;
import io.carillon.mqtt.codec.PacketDecoder;
import io.carillon.mqtt.codec.PacketEncoder;
import io.carillon.mqtt.codec.Side;
import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** A client's connection to a node: bytes both ways, each way in order and after a while. */
final class Conn {
    final String name;
    final int number;
    final SimNode node;
    private final World world;
    private final SimClient client;
    private final int boot;
    private final PacketEncoder encoder;
    private final PacketDecoder decoder;
    private final ByteBuf incoming = Unpooled.buffer();
    private @Nullable SimChannel channel;
    private long upMillis;
    private long downMillis;
    private boolean told;

    /** When the server had a DISCONNECT of the open connection, or -1. */
    private long goodbyeMillis = -1;

    /** The server has let it in at some time. */
    private boolean wasIn;

    Conn(World world, SimNode node, SimClient client, int number) {
        this.world = world;
        this.node = node;
        this.client = client;
        this.number = number;
        this.name = client + "#" + number;
        this.boot = node.boot();
        this.encoder = new PacketEncoder(MqttVersion.V5, world.clock, Side.CLIENT);
        encoder.peer(Integer.MAX_VALUE, true, 0);
        this.decoder = new PacketDecoder(DecoderLimits.DEFAULT, world.clock, Side.CLIENT);
        decoder.accepted(MqttVersion.V5, 0);
        upstream(() -> channel = node.running().serving.accept());
        world.conns.add(this);
    }

    private void upstream(Runnable event) {
        upMillis = Math.max(upMillis, world.now() + world.upTo(3));
        world.in(
                upMillis - world.now(),
                () -> {
                    if (node.isUp(boot)) {
                        event.run();
                    }
                });
    }

    void send(Packet packet) {
        ByteBuf bytes = Unpooled.buffer();
        encoder.encode(packet, bytes);
        upstream(
                () ->
                        node.running()
                                .serving
                                .later(
                                        () -> {
                                            if (isServed()) {
                                                if (packet instanceof Disconnect) {
                                                    goodbyeMillis = world.now();
                                                }
                                                channel.writeInbound(bytes);
                                            }
                                        }));
    }

    /** The client is gone, and the server hears of it. */
    void vanish() {
        upstream(
                () ->
                        node.running()
                                .serving
                                .later(
                                        () -> {
                                            if (isServed()) {
                                                var _ = channel.close();
                                            }
                                        }));
    }

    private boolean isServed() {
        return channel != null && channel.isOpen();
    }

    /** When the server had the client's goodbye on the open connection, or -1. */
    long goodbyeMillis() {
        return goodbyeMillis;
    }

    /** True if the server has let this one in and not ended it. */
    boolean isOpenAtServer() {
        return wasIn && node.isUp(boot) && isServed();
    }

    /** Carries what the server wrote to the client; false if there is nothing more to come. */
    boolean pump() {
        if (!node.isUp(boot)) {
            tell(() -> client.closed(this));
            return false;
        }
        SimChannel from = channel;
        if (from == null) {
            return true;
        }
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            incoming.writeBytes(bytes);
            bytes.release();
        }
        try {
            for (Packet packet = decoder.decode(incoming);
                    packet != null;
                    packet = decoder.decode(incoming)) {
                Packet read = packet;
                if (read instanceof Connack connack && !connack.reason().isError()) {
                    wasIn = true;
                    client.letIn(this);
                } else if (!(read instanceof Disconnect)) {
                    client.told(this, read);
                }
                world.trace(read.getClass().getSimpleName().hashCode());
                tell(() -> client.received(this, read));
            }
        } catch (MalformedPacket e) {
            world.bad(name + " gets what is no packet: " + e);
        }
        incoming.discardSomeReadBytes();
        if (!from.isOpen() && !told) {
            told = true;
            tell(() -> client.closed(this));
            return false;
        }
        return true;
    }

    private void tell(Runnable event) {
        downMillis = Math.max(downMillis, world.now() + world.upTo(3));
        world.in(downMillis - world.now(), event);
    }

    @Override
    public String toString() {
        return name;
    }
}
