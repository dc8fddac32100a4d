package io.carillon.session;

import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.Puback;
import io.carillon.mqtt.packet.Pubcomp;
import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.Pubrec;
import io.carillon.mqtt.packet.Pubrel;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.record.SessionRow;
import io.carillon.record.ShardRecord.SessionSaved;
import io.carillon.record.ShardRecord.SubscriptionRemoved;
import io.carillon.record.ShardRecord.SubscriptionSaved;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session that outlives its connection: subscriptions, queue, and what is under way in both
 * directions. It is changed on its shard's loop only, and every change that must survive leaves as
 * a record.
 */
public final class DurableSession {
    private final Outbox outbox;
    private final Inbound inbound;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private SessionRow row;
    private boolean ended;

    private DurableSession(SessionRow row, Outbox outbox) {
        this.row = row;
        this.outbox = outbox;
        this.inbound = new Inbound(row.session());
    }

    /** A session that did not exist before. */
    public static DurableSession opened(SessionRow row, QueueStore store, QueueLimits limits) {
        return new DurableSession(row, new Outbox(row.session(), store, limits));
    }

    /** A session from its stored row; its subscriptions and exchanges follow by {@code restore}. */
    public static DurableSession restored(SessionRow row, QueueStore store, QueueLimits limits) {
        boolean crashed = row.live();
        return new DurableSession(
                row, new Outbox(row.session(), store, limits, row.sentSeq(), crashed));
    }

    /** Takes back a stored subscription. */
    public void restore(Subscription subscription) {
        subscriptions.put(subscription.filter().text(), subscription);
    }

    /**
     * Takes back a stored exchange; packet identifier 0 stands for the highest number ever given.
     */
    public void restore(int packetId, long number) {
        if (packetId == 0) {
            inbound.restoreLastNumber(number);
        } else {
            inbound.restore(packetId, number);
        }
    }

    public SessionRow row() {
        return row;
    }

    public Outbox outbox() {
        return outbox;
    }

    public Inbound inbound() {
        return inbound;
    }

    /** Its subscriptions by the text of their filters; a view. */
    public Map<String, Subscription> subscriptions() {
        return Collections.unmodifiableMap(subscriptions);
    }

    /** True once the session is gone; whatever still arrives for it is dropped. */
    public boolean ended() {
        return ended;
    }

    /** The session is gone. */
    public void end() {
        ended = true;
        outbox.detach();
    }

    /** The row is as given; what made it so is stored by another record, or later. */
    public void replace(SessionRow newRow) {
        row = newRow;
    }

    /** The row is saved as given. */
    public void save(SessionRow newRow, boolean opened, Effects effects) {
        row = newRow;
        effects.append(new SessionSaved(newRow, opened));
    }

    /** A client is there; sending begins with the next {@link Outbox#pump}. */
    public void attach(int receiveMaximum) {
        outbox.attach(receiveMaximum);
    }

    /** The client is gone. */
    public void detach(SessionRow lastRow, long nowMillis, Effects effects) {
        outbox.detach();
        save(lastRow.detached(nowMillis, outbox.sentSeq()), false, effects);
    }

    /**
     * Takes a subscription, in place of one with the same filter [MQTT-3.8.4-3].
     *
     * @return true if the filter is new
     */
    public boolean subscribe(Subscription subscription, Effects effects) {
        Subscription before = subscriptions.put(subscription.filter().text(), subscription);
        if (!subscription.equals(before)) {
            effects.append(new SubscriptionSaved(row.session(), subscription));
        }
        return before == null;
    }

    /** Lets a subscription go; returns it, or null if there was none of that filter. */
    public @Nullable Subscription unsubscribe(String filter, Effects effects) {
        Subscription removed = subscriptions.remove(filter);
        if (removed != null) {
            effects.append(new SubscriptionRemoved(row.session(), filter));
        }
        return removed;
    }

    /**
     * A QoS 2 PUBLISH of the client.
     *
     * @return the exchange under which to route it, or null if there is nothing to route
     */
    public Inbound.@Nullable Exchange publish(Publish packet, Effects effects) {
        return inbound.publish(packet, effects);
    }

    /** The message of an exchange is stored, or refused. */
    public void routed(Inbound.Exchange exchange, ReasonCode outcome, Effects effects) {
        inbound.routed(exchange, outcome, effects);
    }

    /** An acknowledgement of either direction. */
    public void acknowledge(Packet packet, Effects effects) {
        switch (packet) {
            case Puback puback -> outbox.puback(puback, effects);
            case Pubrec pubrec -> outbox.pubrec(pubrec, effects);
            case Pubcomp pubcomp -> outbox.pubcomp(pubcomp, effects);
            case Pubrel pubrel -> inbound.pubrel(pubrel, effects);
            default -> throw new IllegalArgumentException("not an acknowledgement: " + packet);
        }
    }
}
