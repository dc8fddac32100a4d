package io.carillon.shard;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells which messages that are not acknowledged come too late: by way of a former connection of
 * their publisher, behind what came by a newer one. They are dropped, since they would be out of
 * order. It remembers the publishers that were heard of last. On one loop.
 */
public final class Latecomers {
    private static final int PUBLISHERS_MAX = 4_096;

    /** The newest attachment of each publisher. */
    private final Map<String, Long> newest = new LinkedHashMap<>(0, 0.75f, true);

    /** True if it comes by way of a former connection; else the connection is the newest known. */
    public boolean is(Publication publication) {
        String publisher = publication.publisherId();
        long attachment = publication.attachment();
        if (publisher == null || attachment == 0) {
            return false;
        }
        long known = newest.merge(publisher, attachment, Math::max);
        if (newest.size() > PUBLISHERS_MAX) {
            newest.remove(newest.keySet().iterator().next());
        }
        return known > attachment;
    }
}
