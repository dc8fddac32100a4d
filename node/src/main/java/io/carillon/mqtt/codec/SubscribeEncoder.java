package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.Unsubscribe;

/** Lays out SUBSCRIBE and UNSUBSCRIBE. Source: MQTT 5.0, 3.8 and 3.10. */
final class SubscribeEncoder {
    private SubscribeEncoder() {}

    static Frame frame(Subscribe packet, boolean v5) {
        Frame frame = new Frame(PacketType.SUBSCRIBE, v5);
        frame.head().u16(packet.packetId());
        if (packet.identifier() != 0) {
            frame.properties()
                    .bytes()
                    .u8(PropertyId.SUBSCRIPTION_ID)
                    .variableByteInteger(packet.identifier());
        }
        frame.properties().users(packet.userProperties());
        for (Subscribe.Request request : packet.requests()) {
            frame.payload().string(request.filter()).u8(options(request.options(), v5));
        }
        return frame;
    }

    static Frame frame(Unsubscribe packet, boolean v5) {
        Frame frame = new Frame(PacketType.UNSUBSCRIBE, v5);
        frame.head().u16(packet.packetId());
        frame.properties().users(packet.userProperties());
        for (String filter : packet.filters()) {
            frame.payload().string(filter);
        }
        return frame;
    }

    private static int options(SubscriptionOptions options, boolean v5) {
        int qos = options.maximumQos().level();
        if (!v5) {
            return qos;
        }
        int retainHandling =
                switch (options.retainHandling()) {
                    case ALWAYS -> 0;
                    case IF_NEW -> 1;
                    case NEVER -> 2;
                };
        return qos
                | (options.noLocal() ? 0x04 : 0)
                | (options.retainAsPublished() ? 0x08 : 0)
                | (retainHandling << 4);
    }
}
