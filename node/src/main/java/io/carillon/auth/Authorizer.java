package io.carillon.auth;

import io.carillon.loop.AnyThread;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.TopicFilter;

/** What clients may do. Called on event loops: answers at once, from memory. */
@AnyThread
public interface Authorizer {
    /** Whether the client may publish there. */
    boolean mayPublish(Identity identity, Topic topic, QoS qos, boolean retain);

    /** Whether the client may subscribe to that. */
    boolean maySubscribe(Identity identity, TopicFilter filter, QoS qos);

    /** Changes whenever an answer may have changed: what is remembered of them is then stale. */
    long generation();

    /** Everyone may do everything. */
    Authorizer ALLOW_ALL =
            new Authorizer() {
                @Override
                public boolean mayPublish(Identity identity, Topic topic, QoS qos, boolean retain) {
                    return true;
                }

                @Override
                public boolean maySubscribe(Identity identity, TopicFilter filter, QoS qos) {
                    return true;
                }

                @Override
                public long generation() {
                    return 0;
                }
            };
}
