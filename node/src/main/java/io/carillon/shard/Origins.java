package io.carillon.shard;

import io.carillon.record.Origin;
import io.carillon.record.OriginRow;
import io.carillon.record.Rows;
import io.carillon.record.ShardRecord.Heard;
import io.carillon.record.ShardRecord.OriginForgotten;
import io.carillon.record.ShardRecord.Received;
import io.carillon.record.TakenNumbers;
import io.carillon.storage.Cursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shard has of each exactly-once publisher. A row is kept as long as its publisher may come
 * back after a crash and send again: a week for a session, an hour for a will, which the broker
 * itself publishes again when it starts. So their number is bounded by the publishers of that time.
 */
final class Origins {
    /** Not a filter: the message becomes its topic's retained one. */
    static final String RETAINED = "$retained";

    static final long SESSION_KEPT_MILLIS = Duration.ofDays(7).toMillis();
    static final long WILL_KEPT_MILLIS = Duration.ofHours(1).toMillis();

    private static final int ROWS_PER_TICK = 200;
    private static final int SOURCES_MAX = 10_000;

    /** The wills of the last run are published again before anything is forgotten. */
    private static final int FIRST_TICK = 60;

    private final ShardContext shard;
    private final byte[] first;
    private byte[] from;
    private int ticks;

    /**
     * What is here of the sources that were heard of last; in a cluster only. There everything is
     * compared: a copy may come by way of a former leader of the publisher's session, or from a
     * node that had lost sight of this leader, long after the message itself.
     */
    private final LinkedHashMap<Source, TakenNumbers> sources = new LinkedHashMap<>(0, 0.75f, true);

    /**
     * Who numbers, and by which way it comes.
     *
     * @param via the shared subscription by which it comes, {@link #RETAINED}, or null: each brings
     *     a message once
     */
    record Source(long session, @Nullable String via) {}

    Origins(ShardContext shard) {
        this.shard = shard;
        this.first = Keys.shard(shard.number());
        this.from = first;
    }

    /**
     * True if a message is here already. Alone, only what may have been routed before is looked
     * for.
     *
     * @param via see {@link Source}
     */
    boolean isKnown(Origin origin, @Nullable String via) {
        Source source = new Source(origin.session(), via);
        boolean clustered = shard.settings().isClustered();
        if (!clustered && !origin.repeat()) {
            return false;
        }
        return (clustered ? taken(source) : stored(source)).has(origin.number());
    }

    private TakenNumbers taken(Source source) {
        TakenNumbers known = sources.get(source);
        if (known == null) {
            known = stored(source);
            learn(source, known);
        }
        return known;
    }

    private TakenNumbers stored(Source source) {
        shard.journal().flush();
        byte[] key = Keys.origin(shard.number(), source.session(), source.via());
        byte[] value = shard.store().get(Spaces.ORIGINS, key);
        return value == null ? TakenNumbers.NONE : Rows.decodeOrigin(value).taken();
    }

    /**
     * The message is taken: what is to be recorded with it. The messages of a session come in their
     * order, but those of a shared subscription: other members have some of them, and may leave.
     */
    Received takes(Origin origin, @Nullable String via) {
        long number = origin.number();
        TakenNumbers taken = TakenNumbers.NONE.upTo(number);
        if (shard.settings().isClustered()) {
            Source source = new Source(origin.session(), via);
            TakenNumbers before = taken(source);
            boolean isShared = via != null && !via.equals(RETAINED);
            taken = isShared ? before.with(number) : before.upTo(number);
            learn(source, taken);
        }
        return new Received(origin.session(), via, taken);
    }

    /**
     * True if a retained message must not replace what is there: it is here already, or it comes by
     * way of a former connection of its publisher, and of the present one something was here
     * already. What was not acknowledged to the former one the client has sent again, or forgotten.
     * In a cluster only.
     */
    boolean isLate(Publication publication) {
        if (!shard.settings().isClustered()) {
            return false;
        }
        Origin origin = publication.origin();
        if (origin != null && isKnown(origin, RETAINED)) {
            return true;
        }
        Origin connection = connection(publication);
        return connection != null
                && (origin == null || origin.session() < 0)
                && taken(new Source(connection.session(), RETAINED)).newest() > connection.number();
    }

    /** A retained message is taken: what is to be recorded with it. */
    Heard retained(Publication publication) {
        if (!shard.settings().isClustered()) {
            return Heard.NOTHING;
        }
        List<Received> received = new ArrayList<>(2);
        Origin origin = publication.origin();
        if (origin != null) {
            received.add(takes(origin, RETAINED));
        }
        Origin connection = connection(publication);
        if (connection != null && !isKnown(connection, RETAINED)) {
            received.add(takes(connection, RETAINED));
        }
        return new Heard(received, shard.now());
    }

    /** The connection as a source: a negative number that no other has, but by luck. */
    private static @Nullable Origin connection(Publication publication) {
        String client = publication.publisherId();
        if (client == null || publication.attachment() == 0) {
            return null;
        }
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < client.length(); i++) {
            hash = (hash ^ client.charAt(i)) * 0x100000001B3L;
        }
        return new Origin(hash ^ hash >>> 32 | Long.MIN_VALUE, publication.attachment(), false);
    }

    /** What was taken last was not stored: only what is stored is known. */
    void forget() {
        sources.clear();
    }

    private void learn(Source source, TakenNumbers taken) {
        sources.put(source, taken);
        if (sources.size() > SOURCES_MAX) {
            sources.pollFirstEntry();
        }
    }

    /** Called about once a second: looks at some rows, and forgets those that are too old. */
    void tick() {
        if (++ticks < FIRST_TICK) {
            return;
        }
        shard.journal().flush();
        try (Cursor cursor = shard.store().cursor(Spaces.ORIGINS)) {
            boolean more = cursor.seek(from);
            for (int i = 0; i < ROWS_PER_TICK; i++) {
                if (!more || !Keys.isOf(shard.number(), cursor.key())) {
                    from = first;
                    return;
                }
                byte[] key = cursor.key();
                if (isOld(Keys.originOf(key), Rows.decodeOrigin(cursor.value()))) {
                    String via = Keys.originViaOf(key);
                    shard.journal().append(new OriginForgotten(Keys.originOf(key), via));
                }
                more = cursor.next();
                from = key;
            }
        }
    }

    private boolean isOld(long session, OriginRow row) {
        long kept = session < 0 ? WILL_KEPT_MILLIS : SESSION_KEPT_MILLIS;
        return row.atMillis() + kept < shard.now();
    }
}
