package io.carillon.shard;

import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.record.Origin;
import io.carillon.record.Queued;
import io.carillon.record.ShardRecord.Entry;
import io.carillon.record.ShardRecord.MessageQueued;
import io.carillon.session.DurableSession;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts publications into the queues of durable sessions: one record per message. */
final class Queueing {
    private final ShardContext shard;
    private final Pumps pumps;
    private final Origins origins;

    Queueing(ShardContext shard, Pumps pumps, Origins origins) {
        this.shard = shard;
        this.pumps = pumps;
        this.origins = origins;
    }

    /** A receiver whose message was queued in this call. */
    private record Placed(Client client, DurableSession session, long seq) {}

    /** Queues the publication for those targets and tells the receipt once that is durable. */
    void handOut(Publication publication, Targets targets, @Nullable Receipt receipt) {
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
                || shard.journal().waiting() >= shard.settings().waitingMax()) {
            shard.metrics().refused.increment();
            done(receipt, ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
            return;
        }
        long number = targets.size() > 1 ? shard.queues().nextMessageNumber() : 0;
        List<Entry> entries = new ArrayList<>(targets.size());
        List<Placed> placed = new ArrayList<>(targets.size());
        boolean full = false;
        for (Target[] chunk : targets.chunks()) {
            for (Target candidate : chunk) {
                Target target = candidate.forPublisher(publication.publisherId());
                if (target != null
                        && target.subscriber() instanceof DurableSubscriber subscriber
                        && !subscriber.session().ended()) {
                    full |= !place(publication, target, subscriber, number, entries, placed);
                }
            }
        }
        if (!entries.isEmpty()) {
            if (number != 0) {
                shard.queues().refer(number, entries.size());
            }
            shard.journal()
                    .append(
                            new MessageQueued(
                                    number, publication.message(), entries, origin, shard.now()));
            shard.metrics().queued.add(entries.size());
        }
        ReasonCode outcome = full ? ReasonCode.QUOTA_EXCEEDED : ReasonCode.SUCCESS;
        shard.journal()
                .whenDurable(
                        () -> {
                            for (Placed each : placed) {
                                each.session().outbox().committed(each.seq());
                                pumps.wake(each.client());
                            }
                            done(receipt, outcome);
                        },
                        () -> done(receipt, ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR));
    }

    /** Sends or queues for one receiver; false if its queue is full and refuses. */
    private boolean place(
            Publication publication,
            Target target,
            DurableSubscriber subscriber,
            long number,
            List<Entry> entries,
            List<Placed> placed) {
        Client client = subscriber.client();
        DurableSession session = subscriber.session();
        QoS qos = publication.qos().min(target.qos()); // [MQTT-3.8.4-8]
        boolean retain = publication.retain() && target.retainAsPublished(); // [MQTT-3.3.1-12]
        ClientEffects effects = new ClientEffects(shard.journal(), client);
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
                                number,
                                effects);
        if (queued == null) {
            shard.metrics().queueFull.increment();
            return false;
        }
        entries.add(new Entry(session.row().session(), queued));
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
                        () -> done(receipt, ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR));
    }

    private static void done(@Nullable Receipt receipt, ReasonCode outcome) {
        if (receipt != null) {
            receipt.done(outcome);
        }
    }
}
