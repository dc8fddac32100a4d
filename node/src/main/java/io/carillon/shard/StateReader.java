package io.carillon.shard;

import io.carillon.record.Rows;
import io.carillon.record.SessionRow;
import io.carillon.session.DurableSession;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.StoreView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads what is stored of a shard when this node begins to lead it. Queues are not read. */
final class StateReader {
    private final int shard;
    private final StoreView store;

    StateReader(int shard, StoreView store) {
        this.shard = shard;
        this.store = store;
    }

    /** The number of the next session. */
    long nextSession() {
        byte[] value = store.get(Spaces.COUNTERS, Keys.shard(shard));
        return value == null ? Keys.number(shard, 1) : Rows.decodeNumber(value);
    }

    /** The rows of all sessions. */
    List<SessionRow> sessions() {
        List<SessionRow> rows = new ArrayList<>();
        scan(
                Spaces.SESSIONS,
                (key, value) -> rows.add(Rows.decodeSession(Keys.numberOf(key), value)));
        return rows;
    }

    /** Gives sessions, by their numbers, their subscriptions and what they are receiving. */
    void restore(Map<Long, DurableSession> sessions) {
        scan(
                Spaces.SUBSCRIPTIONS,
                (key, value) -> {
                    DurableSession session = sessions.get(Keys.numberOf(key));
                    if (session != null) {
                        session.restore(Rows.decodeSubscription(Keys.filterOf(key), value));
                    }
                });
        scan(
                Spaces.INBOUND,
                (key, value) -> {
                    DurableSession session = sessions.get(Keys.numberOf(key));
                    if (session != null) {
                        session.restore(Keys.packetIdOf(key), Rows.decodeNumber(value));
                    }
                });
    }

    private void scan(Space space, BiConsumer<byte[], byte[]> each) {
        try (Cursor cursor = store.cursor(space)) {
            byte[] from = Keys.of(Keys.number(shard, 0));
            for (boolean more = cursor.seek(from); more; more = cursor.next()) {
                byte[] key = cursor.key();
                if (Long.compareUnsigned(Keys.numberOf(key), Keys.behind(shard)) >= 0) {
                    return;
                }
                each.accept(key, cursor.value());
            }
        }
    }
}
