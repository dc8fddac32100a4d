package io.carillon.shard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds back who is let in until the former connections of his client id are told nothing more:
 * each of them says that it has ended, or is not waited for any longer. Bounded by the connections
 * that are replaced within that time. On the shard's loop.
 */
final class Fence {
    private static final long MILLIS_MAX = 5_000;
    private static final long LOOK_MILLIS = 100;

    /** A node that is reached announces its connections sooner. */
    private static final long ANNOUNCE_MILLIS_MAX = 1_000;

    private final ShardContext shard;
    private final Map<String, Former> formers = new HashMap<>();

    /** The connections of a client id that were told to close, by attachment. */
    private static final class Former {
        final Set<Long> open = new HashSet<>();

        /** Those of them that have not announced themselves, by what they are called. */
        final Map<Long, Long> unannounced = new HashMap<>();

        long untilMillis;
        @Nullable Runnable then;
    }

    Fence(ShardContext shard) {
        this.shard = shard;
    }

    /** A connection that was let in is told to close. */
    void closing(String clientId, long attachment) {
        Former former = formers.computeIfAbsent(clientId, _ -> new Former());
        former.open.add(attachment);
        former.untilMillis = shard.now() + Math.max(MILLIS_MAX, shard.settings().reattachMillis());
    }

    /**
     * A connection that a former leader let in has not announced itself yet: when it does, it is
     * told to close. It is not waited for once its node is gone, nor for longer than a second.
     *
     * @param connection what it is called
     */
    void unannounced(String clientId, long attachment, long connection) {
        closing(clientId, attachment);
        Objects.requireNonNull(formers.get(clientId)).unannounced.put(connection, attachment);
        look(clientId, attachment, connection, shard.now() + ANNOUNCE_MILLIS_MAX);
    }

    /** A connection asks to be let in: it never heard that a former leader did. */
    void asks(String clientId, long connection) {
        Former former = formers.get(clientId);
        Long attachment = former == null ? null : former.unannounced.remove(connection);
        if (attachment != null) {
            ended(clientId, attachment);
        }
    }

    private void look(String clientId, long attachment, long connection, long untilMillis) {
        Former former = formers.get(clientId);
        if (former == null || !former.open.contains(attachment)) {
            return;
        }
        if (shard.now() < untilMillis && shard.announcements().isThere(connection)) {
            shard.after(LOOK_MILLIS, () -> look(clientId, attachment, connection, untilMillis));
        } else {
            ended(clientId, attachment);
        }
    }

    /** A connection has ended. */
    void ended(String clientId, long attachment) {
        Former former = formers.get(clientId);
        if (former != null && former.open.remove(attachment) && former.open.isEmpty()) {
            open(clientId);
        }
    }

    /**
     * Runs the task once no former connection of the client is open, or it is too late for that. An
     * earlier task of the same client is forgotten: who waited with it is replaced himself.
     */
    void whenEnded(String clientId, Runnable then) {
        Former former = formers.get(clientId);
        if (former == null) {
            then.run();
        } else {
            former.then = then;
        }
    }

    /** Called about once a second: a node that does not answer is not waited for. */
    void tick() {
        if (formers.isEmpty()) {
            return;
        }
        List<String> late = new ArrayList<>();
        formers.forEach(
                (clientId, former) -> {
                    if (former.untilMillis <= shard.now()) {
                        late.add(clientId);
                    }
                });
        late.forEach(this::open);
    }

    private void open(String clientId) {
        Former former = formers.remove(clientId);
        if (former != null && former.then != null) {
            former.then.run();
        }
    }
}
