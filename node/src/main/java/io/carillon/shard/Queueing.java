package io.carillon.shard;

import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.Origin;
import io.carillon.record.Queued;
import io.carillon.session.DurableSession;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts publications into the queues of durable sessions: one record for all of a turn. */
final class Queueing {
    private final ShardContext shard;
    private final Pumps pumps;
    private final Origins origins;

    /** What waits for the newest record, if anything that was queued does. */
    private Waiting waiting = new Waiting(-1);

    private int publicationsWaiting;

    Queueing(ShardContext shard, Pumps pumps, Origins origins) {
        this.shard = shard;
        this.pumps = pumps;
        this.origins = origins;
    }

    /** A receiver with the place of its message. */
    private record Placed(Client client, DurableSession session, long seq) {}

    /** A publisher that waits. */
    private record Told(@Nullable Receipt receipt, ReasonCode outcome) {}

    /** The receivers and publishers that wait for one record. */
    private final class Waiting {
        private final long record;
        private final List<Placed> placed = new ArrayList<>();
        private final List<Told> told = new ArrayList<>();

        Waiting(long record) {
            this.record = record;
        }

        void durable() {
            publicationsWaiting -= told.size();
            for (Placed each : placed) {
                each.session().outbox().committed(each.seq());
                pumps.wake(each.client());
            }
            told.forEach(each -> done(each.receipt(), each.outcome()));
        }

        void failed() {
            origins.forget();
            publicationsWaiting -= told.size();
            told.forEach(each -> done(each.receipt(), shard.journal().failure()));
        }
    }

    /** Queues the publication for those targets and tells the receipt once that is durable. */
    void handOut(Publication publication, Targets targets, @Nullable Receipt receipt) {
        if (areOfFormerLeadership(targets)) {
            done(receipt, ReasonCode.USE_ANOTHER_SERVER); // may be this one, after another match
            return;
        }
        Target member = sharedMember(targets);
        if (member != null && isGone(member)) {
            redispatch(publication, member, receipt);
            return;
        }
        Origin origin = publication.origin();
        if (origin != null && origins.isKnown(origin, sharedFilter(member))) {
            shard.metrics().duplicates.increment();
            tell(receipt, ReasonCode.SUCCESS);
            return;
        }
        if (!shard.journal().takesMore()
                || !shard.shards().mayGrow()
                || publicationsWaiting >= shard.settings().waitingMax()) {
            shard.metrics().refused.increment();
            done(receipt, shard.journal().failure());
            return;
        }
        boolean atOnce = origin != null && shard.settings().queue().dropOldest();
        shard.queues().begin(publication.message(), targets.size() > 1, atOnce);
        List<Placed> placed = new ArrayList<>(targets.size());
        boolean full = false;
        for (Target[] chunk : targets.chunks()) {
            for (Target candidate : chunk) {
                Target target = candidate.forPublisher(publication.publisherId());
                if (target != null
                        && target.subscriber() instanceof DurableSubscriber subscriber
                        && !subscriber.session().ended()) {
                    full |= !place(publication, target, subscriber, placed);
                }
            }
        }
        ReasonCode outcome = full ? ReasonCode.QUOTA_EXCEEDED : ReasonCode.SUCCESS;
        if (placed.isEmpty()) {
            tell(receipt, outcome);
            return;
        }
        if (origin != null) {
            shard.queues().add(origins.takes(origin, sharedFilter(member)));
        }
        shard.metrics().queued.add(placed.size());
        await(placed, new Told(receipt, outcome));
    }

    private void await(List<Placed> placed, Told told) {
        Journal journal = shard.journal();
        if (waiting.record != journal.newest()) {
            Waiting next = new Waiting(journal.newest());
            waiting = next;
            journal.whenDurable(next::durable, next::failed);
        }
        waiting.placed.addAll(placed);
        waiting.told.add(told);
        publicationsWaiting++;
    }

    /** Sends or queues for one receiver; false if its queue is full and refuses. */
    private boolean place(
            Publication publication,
            Target target,
            DurableSubscriber subscriber,
            List<Placed> placed) {
        Client client = subscriber.client();
        DurableSession session = subscriber.session();
        QoS qos = publication.qos().min(target.qos()); // [MQTT-3.8.4-8]
        boolean retain = publication.retain() && target.retainAsPublished(); // [MQTT-3.3.1-12]
        ClientEffects effects = new ClientEffects(shard, client);
        if (!qos.acknowledged()) {
            if (subscriber.online() && !session.outbox().holdsQos0()) {
                if (!effects.congested()) {
                    effects.send(
                            new Publish(
                                    publication.message(),
                                    qos,
                                    retain,
                                    false,
                                    0,
                                    target.identifiers(),
                                    0));
                    effects.flush();
                } else {
                    shard.metrics().droppedOffline.increment();
                }
                return true;
            }
            // QoS 1 and 2 wait for a client that is not there [MQTT3-3.1.2-5].
            if (!subscriber.online() && !shard.settings().qos0WhileOffline()) {
                shard.metrics().droppedOffline.increment();
                return true;
            }
        }
        TopicFilter shared = target.sharedFilter();
        Queued queued =
                session.outbox()
                        .offer(
                                publication.message(),
                                qos,
                                retain,
                                target.identifiers(),
                                shared == null ? null : shared.text(),
                                effects);
        if (queued == null) {
            shard.metrics().queueFull.increment();
            return false;
        }
        shard.queues().add(session.row().session(), queued);
        placed.add(new Placed(client, session, queued.seq()));
        return true;
    }

    /** The one target of a message that came by a shared subscription, or null. */
    private static @Nullable Target sharedMember(Targets targets) {
        if (targets.size() == 1) {
            for (Target[] chunk : targets.chunks()) {
                for (Target target : chunk) {
                    return target.sharedFilter() == null ? null : target;
                }
            }
        }
        return null;
    }

    /** True if these were found before this node led the shard anew: all of them, then. */
    private static boolean areOfFormerLeadership(Targets targets) {
        for (Target[] chunk : targets.chunks()) {
            if (chunk.length > 0) {
                return chunk[0].subscriber() instanceof DurableSubscriber subscriber
                        && subscriber.hasLeft();
            }
        }
        return false;
    }

    private static @Nullable String sharedFilter(@Nullable Target member) {
        TopicFilter filter = member == null ? null : member.sharedFilter();
        return filter == null ? null : filter.text();
    }

    private static boolean isGone(Target member) {
        return member.subscriber() instanceof DurableSubscriber subscriber
                && subscriber.session().ended();
    }

    /** The member's session ended while the message was on its way: another may have it. */
    private void redispatch(Publication publication, Target member, @Nullable Receipt receipt) {
        shard.publisher()
                .get()
                .redispatch(
                        publication,
                        Objects.requireNonNull(member.sharedFilter()),
                        member.subscriber().clientId(),
                        outcome -> done(receipt, outcome));
    }

    /** Tells a receipt once everything so far is durable. */
    private void tell(@Nullable Receipt receipt, ReasonCode outcome) {
        shard.journal()
                .whenDurable(
                        () -> done(receipt, outcome),
                        () -> done(receipt, shard.journal().failure()));
    }

    private static void done(@Nullable Receipt receipt, ReasonCode outcome) {
        if (receipt != null) {
            receipt.done(outcome);
        }
    }
}
