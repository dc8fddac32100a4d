package io.carillon.session;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Subscription;
import java.util.List;

/**
 * A SUBSCRIBE whose filters were checked and authorized one by one.
 *
 * @param items one per filter, in the order of the packet
 */
public record SubscribeCommand(int packetId, List<Item> items) {

    /** What becomes of one filter. */
    public sealed interface Item {}

    /** The filter is taken, at the QoS that its options say. */
    public record Granted(Subscription subscription) implements Item {}

    /** The filter is refused; the session isn't touched by it. */
    public record Refused(ReasonCode reason) implements Item {}
}
