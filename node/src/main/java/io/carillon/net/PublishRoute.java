package io.carillon.net;

import io.carillon.auth.Access;
import io.carillon.auth.Identity;
import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.topic.LiveMatch;
import io.carillon.topic.Match;
import io.carillon.topic.TopicTrie;
import org.jspecify.annotations.Nullable;

/** What a connection remembers of a topic that its client publishes to. */
@OnEventLoop
final class PublishRoute {
    private final Topic topic;

    /** A bit for each QoS and retain flag: whether it was asked, and whether it is allowed. */
    private int asked;

    private int allowed;
    private @Nullable LiveMatch match;

    PublishRoute(Topic topic) {
        this.topic = topic;
    }

    boolean isOf(Topic other) {
        return topic.equals(other);
    }

    boolean allows(QoS qos, boolean retain, Access access, Identity identity) {
        int bit = 1 << qos.level() + (retain ? 4 : 0);
        if ((asked & bit) == 0) {
            asked |= bit;
            if (Permission.toPublish(access, identity, topic, qos, retain)) {
                allowed |= bit;
            }
        }
        return (allowed & bit) != 0;
    }

    /** Whom a message is for at this moment. */
    Match match(TopicTrie topics) {
        LiveMatch live = match;
        if (live == null) {
            live = topics.live(topic);
            match = live;
        }
        return live.now();
    }
}
