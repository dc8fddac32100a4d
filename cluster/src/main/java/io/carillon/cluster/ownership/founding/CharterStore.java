package io.carillon.cluster.ownership.founding;

import org.jspecify.annotations.Nullable;

/** Where a node keeps its charter. One thread; may block for the disk. */
public interface CharterStore {

    /** What was kept last, or null. */
    @Nullable Standing held();

    /** Keeps it; durable on return. */
    void hold(Standing standing);
}
