package io.carillon.net;

import io.carillon.auth.Access;
import io.carillon.auth.Identity;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;

/** What clients may publish: what access rules allow, and nothing below the broker's own topics. */
final class Permission {
    private static final String OWN_TOPICS = "$SYS/";

    private Permission() {}

    static boolean toPublish(
            Access access, Identity identity, Topic topic, QoS qos, boolean retain) {
        return !(topic.isReserved() && topic.name().startsWith(OWN_TOPICS))
                && access.mayPublish(identity, topic, qos, retain);
    }
}
