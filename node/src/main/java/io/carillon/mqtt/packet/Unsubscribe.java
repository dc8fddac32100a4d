package io.carillon.mqtt.packet;

import java.util.List;

/** UNSUBSCRIBE: a client takes filters back, as it wrote them. Source: MQTT 5.0, 3.10. */
public record Unsubscribe(int packetId, List<String> filters, UserProperties userProperties)
        implements Packet {

    public Unsubscribe {
        filters = List.copyOf(filters);
    }
}
