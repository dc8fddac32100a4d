package io.carillon.storage;

import org.jspecify.annotations.Nullable;

/**
 * What can be read: ordered keys and values in {@link Space}s, of a store or of a store with what
 * is not in it yet. Keys compare as unsigned bytes. Errors are {@link StorageException}.
 */
public interface StoreView {

    /** The value of the key, or null; the caller's own copy. */
    byte @Nullable [] get(Space space, byte[] key);

    /** A cursor over the space as it is now; it stands nowhere until a seek. To be closed. */
    Cursor cursor(Space space);
}
