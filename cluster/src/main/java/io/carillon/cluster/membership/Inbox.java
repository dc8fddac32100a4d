package io.carillon.cluster.membership;

import io.carillon.loop.Loop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gathers changes from the cluster's threads, the latest of each key, for one task on a loop. What
 * finds no room is dropped and told as lost.
 */
final class Inbox implements PartStore.Changes {

    /** Takes what has gathered, on the loop. */
    interface Taker {
        void take(Map<String, byte[]> put, Set<String> removed, boolean lost);
    }

    private final Loop loop;
    private final int entriesMax;
    private final Taker taker;

    // Under the lock of this object, which is held for one look-up each.
    private Map<String, byte[]> put = new HashMap<>();
    private Set<String> removed = new HashSet<>();
    private boolean lost;
    private boolean posted;
    private long overflows;

    Inbox(Loop loop, int entriesMax, Taker taker) {
        this.loop = loop;
        this.entriesMax = entriesMax;
        this.taker = taker;
    }

    @Override
    public synchronized void put(String key, byte[] value) {
        if (hasRoom(key)) {
            removed.remove(key);
            put.put(key, value);
        }
        post();
    }

    @Override
    public synchronized void removed(String key) {
        if (hasRoom(key)) {
            put.remove(key);
            removed.add(key);
        }
        post();
    }

    @Override
    public synchronized void lost() {
        lost = true;
        post();
    }

    /** Changes dropped so far. */
    synchronized long overflows() {
        return overflows;
    }

    private boolean hasRoom(String key) {
        if (put.size() + removed.size() < entriesMax
                || put.containsKey(key)
                || removed.contains(key)) {
            return true;
        }
        lost = true;
        overflows++;
        return false;
    }

    private void post() {
        if (!posted) {
            posted = true;
            loop.offer(this::take);
        }
    }

    private void take() {
        Map<String, byte[]> takenPut;
        Set<String> takenRemoved;
        boolean takenLost;
        synchronized (this) {
            takenPut = put;
            takenRemoved = removed;
            takenLost = lost;
            put = new HashMap<>();
            removed = new HashSet<>();
            lost = false;
            posted = false;
        }
        taker.take(takenPut, takenRemoved, takenLost);
    }
}
