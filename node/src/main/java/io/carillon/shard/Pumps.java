package io.carillon.shard;

import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.session.DurableSession;
import io.carillon.session.Outbox;
import java.util.LinkedHashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what durable sessions have for their clients: once per turn and client, however much came.
 */
final class Pumps {
    private static final Logger LOG = LoggerFactory.getLogger(Pumps.class);

    private final ShardContext shard;
    private final LinkedHashSet<Client> due = new LinkedHashSet<>();

    Pumps(ShardContext shard) {
        this.shard = shard;
    }

    /** Something may be sent to this client before the turn ends. */
    void wake(Client client) {
        if (client.isConnected()) {
            if (due.isEmpty()) {
                shard.loop().atTurnEnd(this::run);
            }
            due.add(client);
        }
    }

    private void run() {
        List<Client> now = List.copyOf(due);
        due.clear();
        long nowMillis = shard.now();
        for (Client client : now) {
            DurableSession session = client.session;
            if (session == null || !client.isConnected()) {
                continue;
            }
            try {
                ClientEffects effects = new ClientEffects(shard, client);
                session.outbox().pump(nowMillis, effects);
                effects.flush();
                settle(client, session);
                RetainedFeed feed = client.feed;
                if (feed != null) {
                    feed.resume();
                }
            } catch (RuntimeException e) {
                boolean lost =
                        e instanceof ShardStopped
                                && shard.journal().failure() == ReasonCode.USE_ANOTHER_SERVER;
                LOG.error("shard {} can't send to {}", shard.number(), client.id, e);
                Outlet outlet = client.outlet;
                if (outlet != null && !lost) {
                    outlet.close(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, message(e));
                }
            }
        }
    }

    /** Goes on once what is done with is durable. */
    private void settle(Client client, DurableSession session) {
        Outbox outbox = session.outbox();
        if (outbox.isUnsettled()) {
            long done = outbox.doneEver();
            shard.journal()
                    .whenDurable(
                            () -> {
                                outbox.settled(done);
                                wake(client);
                            });
        }
    }

    private static String message(RuntimeException e) {
        return e.getMessage() == null ? "the shard has stopped" : e.getMessage();
    }
}
