package io.carillon.cluster.membership;

import io.carillon.loop.Loop;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's part of a shared map like its {@link OwnPart}: changes are gathered by key and
 * written a batch after the other. A batch that fails is written again, since nobody else writes
 * these keys.
 *
 * <p>When everything has to be written (at first, after a heal, or because too much waited) the
 * entries are pulled from the part batch by batch, and at the end what the map has beyond them is
 * removed: at no time does the map lack an entry that it had rightly. All on the loop.
 */
final class PartWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PartWriter.class);
    private static final long RETRY_MILLIS_MIN = 100;
    private static final long RETRY_MILLIS_MAX = 5_000;

    /** A batch that fails now and then, as when data moves, is nothing to tell. */
    private static final long RETRY_MILLIS_WARN = 16 * RETRY_MILLIS_MIN;

    private final String name;
    private final Loop loop;
    private final OwnPart own;
    private final PartStore store;
    private final SharedMapSettings settings;

    /** Changes that wait, the latest of each key; null for a removal. */
    private final Map<String, byte @Nullable []> waiting = new LinkedHashMap<>();

    private @Nullable Iterator<Map.Entry<String, byte[]>> everything;
    private boolean everythingAgain;
    private boolean sweepDue;
    private @Nullable CompletableFuture<Void> sweepPage;

    private boolean running;
    private boolean writing;
    private boolean sweeping;
    private boolean resting;
    private boolean roundAsked;
    private long retryMillis = RETRY_MILLIS_MIN;

    private long written;
    private long failures;

    PartWriter(String name, Loop loop, OwnPart own, PartStore store, SharedMapSettings settings) {
        this.name = name;
        this.loop = loop;
        this.own = own;
        this.store = store;
        this.settings = settings;
    }

    void put(String key, byte[] value) {
        change(key, value);
    }

    void remove(String key) {
        change(key, null);
    }

    /** Writes all entries, and removes all others. */
    void writeEverything() {
        loop.assertInside();
        if (everything != null) {
            everythingAgain = true; // those already pulled may be lost by now
            return;
        }
        everything = own.entries();
        sweepDue = true;
        askRound();
    }

    /** Writes while true; gathers meanwhile. */
    void run(boolean run) {
        loop.assertInside();
        running = run;
        askRound();
    }

    /** True if the map has all that the part has, as far as is known. */
    boolean isIdle() {
        loop.assertInside();
        return waiting.isEmpty() && everything == null && !writing && !sweepDue && !sweeping;
    }

    int waiting() {
        return waiting.size();
    }

    /** Entries written so far. */
    long written() {
        return written;
    }

    /** Batches that failed so far. */
    long failures() {
        return failures;
    }

    private void change(String key, byte @Nullable [] value) {
        loop.assertInside();
        waiting.put(key, value);
        if (waiting.size() > settings.waitingEntriesMax()) {
            waiting.clear(); // the part has them all
            writeEverything();
        }
        askRound();
    }

    /** At the end of the turn, so that what comes together is written together. */
    private void askRound() {
        if (!roundAsked) {
            roundAsked = true;
            loop.atTurnEnd(this::round);
        }
    }

    private void round() {
        roundAsked = false;
        if (!running || writing || resting) {
            return;
        }
        PartBatch batch = new PartBatch(settings);
        takeWaiting(batch);
        takeEverything(batch);
        releaseSweep();
        if (batch.isEmpty()) {
            sweep();
            return;
        }
        writing = true;
        write(batch).whenComplete((done, failure) -> post(() -> wrote(batch, failure)));
    }

    private CompletionStage<Void> write(PartBatch batch) {
        try {
            return store.write(batch.put(), batch.removed());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void takeWaiting(PartBatch batch) {
        Iterator<Map.Entry<String, byte @Nullable []>> next = waiting.entrySet().iterator();
        while (next.hasNext() && batch.hasRoom()) {
            Map.Entry<String, byte @Nullable []> change = next.next();
            batch.add(change.getKey(), change.getValue());
            next.remove();
        }
    }

    private void takeEverything(PartBatch batch) {
        while (everything != null && batch.hasRoom()) {
            if (everything.hasNext()) {
                Map.Entry<String, byte[]> entry = everything.next();
                batch.add(entry.getKey(), entry.getValue());
            } else {
                everything = everythingAgain ? own.entries() : null;
                everythingAgain = false;
            }
        }
    }

    private void wrote(PartBatch batch, @Nullable Throwable failure) {
        writing = false;
        if (failure == null) {
            written += batch.size();
            retryMillis = RETRY_MILLIS_MIN;
            askRound();
            return;
        }
        failures++;
        batch.put().forEach(waiting::putIfAbsent); // what came since is newer
        for (String key : batch.removed()) {
            if (!waiting.containsKey(key)) {
                waiting.put(key, null);
            }
        }
        if (retryMillis == RETRY_MILLIS_WARN) {
            LOG.warn(
                    "{} entries of map {} were not written and are tried again: {}",
                    batch.size(),
                    name,
                    failure.toString());
        }
        resting = true;
        loop.schedule(
                retryMillis,
                () -> {
                    resting = false;
                    round();
                });
        retryMillis = Math.min(2 * retryMillis, RETRY_MILLIS_MAX);
    }

    /** Removes from the map what the part does not have. */
    private void sweep() {
        if (!sweepDue || sweeping) {
            return;
        }
        sweepDue = false;
        sweeping = true;
        store.read(page -> sweepPage(page.stream().map(Map.Entry::getKey).toList()))
                .whenComplete((done, failure) -> post(() -> swept(failure)));
    }

    private CompletionStage<Void> sweepPage(List<String> keys) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        post(
                () -> {
                    for (String key : keys) {
                        if (!own.has(key)) {
                            remove(key);
                        }
                    }
                    sweepPage = next;
                    askRound();
                });
        return next;
    }

    /** The next page may come when there is room for it. */
    private void releaseSweep() {
        CompletableFuture<Void> page = sweepPage;
        if (page != null && waiting.size() <= settings.waitingEntriesMax() / 2) {
            sweepPage = null;
            page.complete(null);
        }
    }

    private void swept(@Nullable Throwable failure) {
        sweeping = false;
        if (failure != null) {
            failures++;
            LOG.info("map {} could not be read and is tried again: {}", name, failure.toString());
            sweepDue = true;
            loop.schedule(RETRY_MILLIS_MAX, this::round);
            return;
        }
        askRound();
    }

    private void post(Runnable task) {
        loop.offer(task);
    }
}
