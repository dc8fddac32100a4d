package io.carillon.net.lane;

import io.carillon.loop.OnEventLoop;
import io.carillon.shard.Publication;
import io.carillon.topic.Subscriber;
import io.carillon.topic.Target;

/** A subscriber that lives on a lane's loop. */
@OnEventLoop
public interface LaneSubscriber extends Subscriber {

    /** Takes a message that one of its subscriptions matches. */
    void deliver(Publication publication, Target target);
}
