package io.carillon.jmh.subject;

import io.carillon.cluster.replication.SyncPolicy;

/** When what was written is brought to the disk. */
public enum Fsync {
    ALWAYS,
    NEVER;

    SyncPolicy policy() {
        return switch (this) {
            case ALWAYS -> new SyncPolicy.Always();
            case NEVER -> new SyncPolicy.LeftToSystem();
        };
    }
}
