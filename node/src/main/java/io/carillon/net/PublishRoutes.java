package io.carillon.net;

import io.carillon.auth.Access;
import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The topics that a client published to of late, at most {@value #SLOTS}: a new one takes the place
 * of the one with the same hash. Nothing for clients that don't publish.
 */
@OnEventLoop
final class PublishRoutes {
    private static final int SLOTS = 32;

    private final Access access;
    private @Nullable PublishRoute @Nullable [] routes;
    private long generation;

    PublishRoutes(Access access) {
        this.access = access;
    }

    PublishRoute of(Topic topic) {
        long now = access.generation();
        @Nullable PublishRoute[] slots = routes;
        if (slots == null || generation != now) {
            // What was allowed then may not be so now.
            slots = new @Nullable PublishRoute[SLOTS];
            routes = slots;
            generation = now;
        }
        int hash = topic.hashCode();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        PublishRoute route = slots[slot];
        if (route == null || !route.isOf(topic)) {
            route = new PublishRoute(topic);
            slots[slot] = route;
        }
        return route;
    }
}
