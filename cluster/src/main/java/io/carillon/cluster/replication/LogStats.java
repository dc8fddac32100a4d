package io.carillon.cluster.replication;

/**
 * What a log has done since it was opened.
 *
 * @param syncs times that the disk was waited for
 * @param slowestSyncMillis the longest of these
 * @param committedRecords records told to be durable
 * @param uncommittedBytes bytes that wait for it now
 */
public record LogStats(
        long syncs, long slowestSyncMillis, long committedRecords, long uncommittedBytes) {}
