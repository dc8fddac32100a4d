package io.carillon.cluster.membership;

import io.carillon.cluster.NodeId;
import io.carillon.loop.Loop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows another node's part of a shared map: begins to listen, then reads it, and tells both to
 * the follower. While it reads, what a change has touched is newer than what a page says of it.
 *
 * <p>State belongs to the loop; changes come in on the cluster's threads through {@link Inbox}.
 */
final class PartReader {
    private static final Logger LOG = LoggerFactory.getLogger(PartReader.class);
    private static final long RETRY_MILLIS = 1_000;

    private final NodeId owner;
    private final Loop loop;
    private final Follower follower;
    private final PartStore store;
    private final Inbox inbox;

    private @Nullable Runnable listening;
    private boolean stopped;
    private boolean reading;
    private boolean readAgain;

    /** Keys that changes have touched since the reading began. */
    private final Set<String> touched = new HashSet<>();

    private final int touchedMax;

    PartReader(
            NodeId owner,
            Loop loop,
            Follower follower,
            PartStore store,
            SharedMapSettings settings) {
        this.owner = owner;
        this.loop = loop;
        this.follower = follower;
        this.store = store;
        this.touchedMax = settings.eventsMax();
        this.inbox = new Inbox(loop, settings.eventsMax(), this::take);
    }

    /** Begins to listen, and reads once it does. */
    void start() {
        loop.assertInside();
        store.listen(inbox)
                .whenComplete((end, failure) -> loop.offer(() -> listening(end, failure)));
    }

    /** Reads the whole part again; the changes go on meanwhile. */
    void read() {
        loop.assertInside();
        if (stopped || listening == null) {
            return; // it is read anyway as soon as it is listened to
        }
        if (reading) {
            readAgain = true;
            return;
        }
        reading = true;
        touched.clear();
        follower.begin(owner);
        store.read(this::page).whenComplete((done, failure) -> loop.offer(() -> readDone(failure)));
    }

    /** Tells nothing any more. */
    void stop() {
        loop.assertInside();
        stopped = true;
        if (listening != null) {
            listening.run();
            listening = null;
        }
    }

    /** Changes that found no room and were made up for by reading all. Any thread. */
    long overflows() {
        return inbox.overflows();
    }

    private void listening(@Nullable Runnable end, @Nullable Throwable failure) {
        if (end == null) {
            retry("listened to", failure, this::start);
            return;
        }
        if (stopped) {
            end.run();
            return;
        }
        listening = end;
        read();
    }

    private CompletionStage<Void> page(List<Map.Entry<String, byte[]>> entries) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        loop.offer(
                () -> {
                    if (stopped) {
                        next.cancel(false); // ends the reading
                        return;
                    }
                    Map<String, byte[]> put = new HashMap<>();
                    for (Map.Entry<String, byte[]> entry : entries) {
                        if (!touched.contains(entry.getKey())) {
                            put.put(entry.getKey(), entry.getValue());
                        }
                    }
                    tell(put, Set.of());
                    next.complete(null);
                });
        return next;
    }

    private void readDone(@Nullable Throwable failure) {
        if (stopped) {
            return;
        }
        reading = false;
        touched.clear();
        if (failure != null) {
            retry("read", failure, this::read);
            return;
        }
        if (readAgain) {
            readAgain = false;
            read();
            return;
        }
        follower.complete(owner);
    }

    private void take(Map<String, byte[]> put, Set<String> removed, boolean lost) {
        if (stopped) {
            return;
        }
        if (reading) {
            touched.addAll(put.keySet());
            touched.addAll(removed);
            if (touched.size() > touchedMax) {
                touched.clear();
                readAgain = true; // what a page overwrites with something older is read again
            }
        }
        tell(put, removed);
        if (lost) {
            read();
        }
    }

    private void tell(Map<String, byte[]> put, Set<String> removed) {
        if (!put.isEmpty() || !removed.isEmpty()) {
            follower.changed(owner, put, removed);
        }
    }

    private void retry(String what, @Nullable Throwable failure, Runnable again) {
        if (!stopped) {
            LOG.info("the part of {} could not be {}; trying again: {}", owner, what, failure + "");
            loop.schedule(
                    RETRY_MILLIS,
                    () -> {
                        if (!stopped) {
                            again.run();
                        }
                    });
        }
    }
}
