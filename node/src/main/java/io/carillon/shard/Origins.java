package io.carillon.shard;

import io.carillon.record.Origin;
import io.carillon.record.OriginRow;
import io.carillon.record.Rows;
import io.carillon.record.ShardRecord.OriginForgotten;
import io.carillon.storage.Cursor;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a shard has of each exactly-once publisher. A row is kept as long as its publisher may come
 * back after a crash and send again: a week for a session, an hour for a will, which the broker
 * itself publishes again when it starts. So their number is bounded by the publishers of that time.
 */
final class Origins {
    static final long SESSION_KEPT_MILLIS = Duration.ofDays(7).toMillis();
    static final long WILL_KEPT_MILLIS = Duration.ofHours(1).toMillis();

    private static final int ROWS_PER_TICK = 200;
    private static final int REPEATING_MAX = 10_000;

    /** The wills of the last run are published again before anything is forgotten. */
    private static final int FIRST_TICK = 60;

    private final ShardContext shard;
    private final byte[] first;
    private byte[] from;
    private int ticks;

    /**
     * Publishers of whom something came again. In a cluster the first copy may come behind it, from
     * a former leader of the publisher's session: so all of them is compared.
     */
    private final LinkedHashMap<Long, Boolean> repeating = new LinkedHashMap<>(0, 0.75f, true);

    Origins(ShardContext shard) {
        this.shard = shard;
        this.first = Keys.shard(shard.number());
        this.from = first;
    }

    /**
     * True if a message that may have been routed before is here already.
     *
     * @param sharedFilter the shared subscription through which it comes now, or null: each brings
     *     it once
     */
    boolean isKnown(Origin origin, @Nullable String sharedFilter) {
        if (origin.repeat()) {
            repeated(origin.session());
        } else if (!repeating.containsKey(origin.session())) {
            return false;
        }
        shard.journal().flush();
        byte[] key = Keys.origin(shard.number(), origin.session(), sharedFilter);
        byte[] value = shard.store().get(Spaces.ORIGINS, key);
        return value != null && Rows.decodeOrigin(value).number() >= origin.number();
    }

    private void repeated(long session) {
        if (shard.settings().isClustered()) {
            repeating.put(session, true);
            if (repeating.size() > REPEATING_MAX) {
                repeating.pollFirstEntry();
            }
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
                    String sharedFilter = Keys.originFilterOf(key);
                    shard.journal().append(new OriginForgotten(Keys.originOf(key), sharedFilter));
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
