package io.carillon.simulation;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Packet;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Suback;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.mqtt.packet.UserProperties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked for, and since when that promises it messages, or forbids them: a time of
 * each subscription from SUBSCRIBE to UNSUBACK, in which it is owed what came from SUBACK to
 * UNSUBSCRIBE.
 */
final class Subscriptions {
    private static final int FIRST_PACKET_ID = 60_001;
    private static final int PACKET_IDS = 5_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final World world;
    private final Ledger ledger;
    private final Profile profile;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Period> periods = new ArrayList<>();

    /** What was asked over this connection, by packet identifier. */
    private final Map<Integer, Entry> asked = new HashMap<>();

    private int packets;

    /** One filter: whether the client wants it, and whether the server has answered. */
    private static final class Entry {
        final Profile.Wish wish;
        final int identifier;
        boolean wanted = true;
        boolean settled;

        /** When it had its last SUBACK. */
        long subscribedMillis = -1;

        @Nullable Period period;

        Entry(Profile.Wish wish, int identifier) {
            this.wish = wish;
            this.identifier = identifier;
        }
    }

    /** A time of one subscription. */
    private static final class Period {
        final Profile.Wish wish;
        final long askedMillis;

        /** The first message that was sent after the SUBACK. */
        int from = Integer.MAX_VALUE;

        long unsubscribedMillis = NEVER;
        long overMillis = NEVER;
        boolean promises = true;

        Period(Profile.Wish wish, long askedMillis) {
            this.wish = wish;
            this.askedMillis = askedMillis;
        }

        boolean owes(Ledger.Sent message) {
            return promises
                    && message.number >= from
                    && wish.matches(message.topic)
                    && (unsubscribedMillis == NEVER
                            || message.isAccepted() && message.acceptedMillis < unsubscribedMillis);
        }

        boolean allows(Ledger.Sent message) {
            return wish.matches(message.topic)
                    && message.sentMillis <= overMillis
                    && !(isOnce(message) && message.acceptedMillis < askedMillis);
        }

        /** A second copy, or what another member gave back, may come to who asks after it. */
        private boolean isOnce(Ledger.Sent message) {
            return message.isAccepted() && message.qos == QoS.EXACTLY_ONCE && !wish.isShared();
        }
    }

    Subscriptions(World world, Ledger ledger, Profile profile) {
        this.world = world;
        this.ledger = ledger;
        this.profile = profile;
        profile.wishes().forEach(wish -> entries.add(new Entry(wish, entries.size() + 1)));
    }

    boolean areSettled() {
        return entries.stream().allMatch(entry -> entry.settled);
    }

    /** True if a subscription had its last SUBACK at that time, and stands. */
    boolean standSince(Profile.Wish wish, long millis) {
        return entries.stream()
                .anyMatch(
                        entry ->
                                entry.wish.equals(wish)
                                        && entry.wanted
                                        && entry.settled
                                        && entry.subscribedMillis == millis);
    }

    /** True if the message must come, or, of a shared subscription, come to one of the group. */
    boolean owe(Ledger.Sent message) {
        return periods.stream().anyMatch(period -> period.owes(message));
    }

    /** False if the message has no business here: it was over before, or sent afterwards. */
    boolean allow(Ledger.Sent message) {
        return periods.stream().anyMatch(period -> period.allows(message));
    }

    /** True if a subscription of that number is there that wants the topic. */
    boolean isIdentifier(int identifier, String topic) {
        return identifier <= entries.size() && entries.get(identifier - 1).wish.matches(topic);
    }

    /** True if any subscription has retained messages of the topic sent. */
    boolean wantRetained(String topic) {
        return profile.wishes().stream()
                .anyMatch(
                        wish ->
                                wish.matches(topic)
                                        && wish.retained(profile.version())
                                                != RetainHandling.NEVER);
    }

    /** The session may be gone: nothing is owed any more, and everything may come. */
    void doubted() {
        periods.forEach(period -> period.promises = false);
    }

    /** The session is gone. */
    void forget() {
        periods.clear();
        asked.clear();
        for (Entry entry : entries) {
            entry.period = null;
            entry.settled = !entry.wanted;
        }
    }

    /** What is to be asked over a new connection. */
    List<Packet> unsettled() {
        asked.clear();
        return entries.stream().filter(entry -> !entry.settled).map(this::ask).toList();
    }

    /** Another filter is wanted, or not any more, or once more; null if all is under way. */
    @Nullable Packet changeMind() {
        Entry entry = entries.get(world.upTo(entries.size()));
        if (!entry.settled) {
            return null;
        }
        entry.settled = false;
        if (!entry.wanted || world.chance(70)) {
            entry.wanted = !entry.wanted;
        }
        return ask(entry);
    }

    /** From now on all filters are wanted. */
    void wantAll() {
        for (Entry entry : entries) {
            if (!entry.wanted) {
                entry.wanted = true;
                entry.settled = false;
            }
        }
    }

    private Packet ask(Entry entry) {
        int packetId = FIRST_PACKET_ID + packets++ % PACKET_IDS;
        asked.put(packetId, entry);
        Period period = entry.period;
        if (!entry.wanted) {
            if (period != null && period.unsubscribedMillis == NEVER) {
                period.unsubscribedMillis = world.now();
            }
            return new Unsubscribe(packetId, List.of(entry.wish.filter()), UserProperties.NONE);
        }
        if (period == null || period.unsubscribedMillis != NEVER || !period.promises) {
            entry.period = new Period(entry.wish, world.now());
            periods.add(entry.period);
        }
        MqttVersion version = profile.version();
        return new Subscribe(
                packetId,
                List.of(new Subscribe.Request(entry.wish.filter(), entry.wish.options(version))),
                version.hasProperties() ? entry.identifier : 0,
                UserProperties.NONE);
    }

    /** The filter that is subscribed to, or null if it was refused. */
    Profile.@Nullable Wish subscribed(Suback suback) {
        Entry entry = asked.remove(suback.packetId());
        if (entry == null || suback.reasons().getFirst().isError()) {
            return null;
        }
        entry.settled = true;
        entry.subscribedMillis = world.now();
        Period period = entry.period;
        if (period != null) {
            period.from = Math.min(period.from, ledger.sent.size());
        }
        return entry.wish;
    }

    void unsubscribed(int packetId) {
        Entry entry = asked.remove(packetId);
        if (entry == null) {
            world.bad(profile.id() + " gets an UNSUBACK that it did not ask for");
            return;
        }
        entry.settled = true;
        entry.period = null;
        for (Period period : periods) {
            if (period.wish.equals(entry.wish)) {
                period.overMillis = Math.min(period.overMillis, world.now());
            }
        }
    }
}
