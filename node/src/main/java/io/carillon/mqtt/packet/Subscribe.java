package io.carillon.mqtt.packet;

import java.util.List;

/**
 * SUBSCRIBE: a client asks for messages. The filters are as the client wrote them: a wrong one is
 * answered by itself and does not spoil the others. Source: MQTT 5.0, 3.8.
 *
 * @param identifier the subscription identifier of all of them, 1 to 268,435,455, or 0 for none
 */
public record Subscribe(
        int packetId, List<Request> requests, int identifier, UserProperties userProperties)
        implements Packet {

    /** One filter with its options. */
    public record Request(String filter, SubscriptionOptions options) {}

    public Subscribe {
        requests = List.copyOf(requests);
    }
}
