package io.carillon.shard;

import io.carillon.record.Rows;
import io.carillon.record.SessionRow;
import io.carillon.session.DurableSession;
import io.carillon.storage.Cursor;
import io.carillon.storage.Space;
import io.carillon.storage.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Reads what is stored of a shard when this node begins to lead it. Queues are not read. */
final class StateReader {
    private final int shard;
    private final Store store;

    StateReader(int shard, Store store) {
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
                Keys.number(shard, 0),
                Keys.behind(shard),
                (key, value) -> rows.add(Rows.decodeSession(Keys.numberOf(key), value)));
        return rows;
    }

    /** Gives a session its subscriptions and what it is receiving. */
    void restore(DurableSession session) {
        long number = session.row().session();
        scan(
                Spaces.SUBSCRIPTIONS,
                number,
                number + 1,
                (key, value) ->
                        session.restore(Rows.decodeSubscription(Keys.filterOf(key), value)));
        scan(
                Spaces.INBOUND,
                number,
                number + 1,
                (key, value) -> session.restore(Keys.packetIdOf(key), Rows.decodeNumber(value)));
    }

    private void scan(Space space, long from, long to, BiConsumer<byte[], byte[]> each) {
        try (Cursor cursor = store.cursor(space)) {
            for (boolean more = cursor.seek(Keys.of(from)); more; more = cursor.next()) {
                byte[] key = cursor.key();
                if (Long.compareUnsigned(Keys.numberOf(key), to) >= 0) {
                    return;
                }
                each.accept(key, cursor.value());
            }
        }
    }
}
