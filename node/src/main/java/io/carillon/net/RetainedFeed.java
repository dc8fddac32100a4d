package io.carillon.net;

import io.carillon.loop.OnEventLoop;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.Topic;
import io.carillon.record.RetainedRow;
import io.carillon.shard.RetainedPage;
import io.carillon.shard.RetainedQuery;
import io.carillon.shard.RetainedSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings retained messages to new subscriptions of a transient session: page by page, of which the
 * next is read meanwhile, and no more than the client has taken. Subscriptions are served one after
 * the other, each at most once for every SUBSCRIBE and together at most as many as there are.
 */
@OnEventLoop
final class RetainedFeed {
    /** So many messages may wait in the session for more retained ones to be added. */
    static final int WAITING_MAX = 64;

    /** Topics of which a newer message was delivered already; beyond that a client may get both. */
    private static final int SEEN_MAX = 1_024;

    private final Wire wire;
    private final List<RetainedSource> sources;
    private final TransientSubscriber session;

    /** Subscriptions whose turn has not come, by filter. */
    private final Map<String, Subscription> waiting = new LinkedHashMap<>(0);

    private final Set<Topic> seen = new HashSet<>(0);

    // For the subscription at hand.
    private @Nullable Subscription subscription;
    private final Queue<RetainedSource> sourcesLeft = new ArrayDeque<>(2);
    private @Nullable RetainedSource source;
    private @Nullable RetainedQuery query;
    private Iterator<RetainedRow> rows = List.<RetainedRow>of().iterator();
    private boolean reading;
    private @Nullable RetainedPage ahead;

    RetainedFeed(Wire wire, List<RetainedSource> sources, TransientSubscriber session) {
        this.wire = wire;
        this.sources = sources;
        this.session = session;
    }

    /** Looks up what is retained for a subscription, after those that wait. */
    void add(Subscription added) {
        waiting.put(added.filter().text(), added);
    }

    /**
     * A message that is published with the retain flag reaches the client by itself: an older one
     * that was read in between must not follow it.
     */
    void seen(Topic topic) {
        if (subscription != null && seen.size() < SEEN_MAX) {
            seen.add(topic);
        }
    }

    /** Goes on as far as there is room. */
    void pump() {
        while (session.hasRoom()) {
            Subscription current = subscription;
            if (current == null) {
                if (reading || !begin()) { // a page for the one before may still come
                    return;
                }
            } else if (!session.subscribed(current.filter().text())) {
                subscription = null;
                ahead = null;
            } else if (rows.hasNext()) {
                deliver(rows.next(), current);
            } else if (ahead != null) {
                turn(ahead);
            } else if (reading) {
                return;
            } else {
                readOn(current);
            }
        }
    }

    private boolean begin() {
        if (waiting.isEmpty()) {
            return false; // nearly always, and once for each acknowledgement
        }
        Iterator<Subscription> first = waiting.values().iterator();
        subscription = first.next();
        first.remove();
        seen.clear();
        sourcesLeft.clear();
        sourcesLeft.addAll(sources);
        source = null;
        query = null;
        rows = List.<RetainedRow>of().iterator();
        return true;
    }

    private void deliver(RetainedRow row, Subscription to) {
        if (!seen.contains(row.message().topic())) {
            session.deliverRetained(row.message(), row.qos(), to);
        }
    }

    private void readOn(Subscription current) {
        if (query == null) {
            source = sourcesLeft.poll();
            if (source == null) {
                subscription = null;
                return;
            }
            query = source.retained(current.filter());
        }
        read();
    }

    private void read() {
        if (source != null && query != null) {
            reading = true;
            source.read(query, page -> wire.lane().post(() -> take(page)));
        }
    }

    private void take(RetainedPage page) {
        reading = false;
        if (subscription != null) {
            ahead = page;
        }
        pump();
    }

    private void turn(RetainedPage page) {
        ahead = null;
        rows = page.rows().iterator();
        query = page.next();
        read();
    }
}
