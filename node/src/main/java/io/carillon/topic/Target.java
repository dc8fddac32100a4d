package io.carillon.topic;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscription;
import io.carillon.mqtt.packet.TopicFilter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber of a message and how it wants it: made once per subscription, and once more per
 * match where several subscriptions of one subscriber overlap. Immutable.
 */
public final class Target {
    private static final int[] NO_IDENTIFIERS = {};

    private final Subscriber subscriber;

    /** The subscription this stands for; null if it stands for several, or a stand-in's. */
    private final @Nullable Subscription subscription;

    private final QoS qos;
    private final boolean retainAsPublished;
    private final int[] identifiers;

    /** What serves the subscriber's own messages: this, a lesser target, or null for none. */
    private final @Nullable Target own;

    /** The target of one subscription. */
    Target(Subscriber subscriber, Subscription subscription) {
        this.subscriber = subscriber;
        this.subscription = subscription;
        this.qos = subscription.options().maximumQos();
        this.retainAsPublished = subscription.options().retainAsPublished();
        int identifier = subscription.identifier();
        this.identifiers = identifier == 0 ? NO_IDENTIFIERS : new int[] {identifier};
        this.own = subscription.options().noLocal() ? null : this;
    }

    /** The target of a stand-in, whatever the filter: it takes all as it was published. */
    Target(StandIn standIn) {
        this.subscriber = standIn;
        this.subscription = null;
        this.qos = QoS.EXACTLY_ONCE;
        this.retainAsPublished = true;
        this.identifiers = NO_IDENTIFIERS;
        this.own = this;
    }

    /** The target of two that overlap [MQTT-3.3.4-2] [MQTT-3.3.4-4] [MQTT3-3.3.5-1]. */
    private Target(Target a, Target b) {
        this.subscriber = a.subscriber;
        this.subscription = null;
        this.qos = a.qos.max(b.qos);
        this.retainAsPublished = a.retainAsPublished || b.retainAsPublished;
        this.identifiers = concat(a.identifiers, b.identifiers);
        this.own = a.own == a && b.own == b ? this : mergeNullable(a.own, b.own);
    }

    /** The one target of two matching subscriptions of the same subscriber. */
    static Target merge(Target a, Target b) {
        return a.subscriber instanceof StandIn ? a : new Target(a, b); // it has one for all
    }

    private static @Nullable Target mergeNullable(@Nullable Target a, @Nullable Target b) {
        if (a == null) {
            return b;
        }
        return b == null ? a : new Target(a, b);
    }

    private static int[] concat(int[] a, int[] b) {
        if (b.length == 0) {
            return a;
        }
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    public Subscriber subscriber() {
        return subscriber;
    }

    /** The most that the matching subscriptions grant; the message's own QoS may be lower. */
    public QoS qos() {
        return qos;
    }

    /** True if one of the matching subscriptions keeps the retain flag as it was published. */
    public boolean retainAsPublished() {
        return retainAsPublished;
    }

    /** The identifiers of all matching subscriptions that have one; never to be written to. */
    public int[] identifiers() {
        return identifiers;
    }

    /** The shared filter through which the message was picked for this member, or null. */
    public @Nullable TopicFilter sharedFilter() {
        return subscription != null && subscription.filter().isShared()
                ? subscription.filter()
                : null;
    }

    /**
     * The target for a message that this client published: this one, unless it is the subscriber
     * itself and has asked not to get its own messages [MQTT-3.8.3-3].
     *
     * @param clientId the publisher's client id, or null where no client published
     * @return null if the message is not for this subscriber
     */
    public @Nullable Target forPublisher(@Nullable String clientId) {
        if (own == this) {
            return this;
        }
        return subscriber.clientId().equals(clientId) ? own : this;
    }

    /** True if this very subscriber is the one to reach. */
    @SuppressWarnings("ReferenceEquality") // two subscribers may share a client id for a moment
    boolean isFor(@Nullable Subscriber candidate) {
        return subscriber == candidate;
    }

    /** The subscription this stands for; null if it stands for several. */
    @Nullable Subscription subscription() {
        return subscription;
    }

    /** True if the other stands for an equal subscription, or is a stand-in's as well. */
    boolean isLike(Target other) {
        return subscription == null ? this == other : subscription.equals(other.subscription);
    }

    @Override
    public String toString() {
        return subscriber.clientId() + "@" + qos.level();
    }
}
