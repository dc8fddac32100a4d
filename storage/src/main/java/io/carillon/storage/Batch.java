package io.carillon.storage;

/** Changes that are applied together or not at all. One thread at a time. */
public interface Batch extends AutoCloseable {

    void put(Space space, byte[] key, byte[] value);

    void delete(Space space, byte[] key);

    /**
     * Deletes a key that was put exactly once since it last did not exist: cheaper than {@link
     * #delete}, and undefined for a key that was overwritten or is now and then deleted by it.
     */
    void deleteOnce(Space space, byte[] key);

    /**
     * Deletes all keys from {@code from} up to but without {@code to}; none if from is not below.
     */
    void deleteRange(Space space, byte[] from, byte[] to);

    boolean isEmpty();

    /** Bytes that the batch takes on its way to the disk, roughly; 0 when it is empty. */
    long sizeBytes();

    /** Forgets all changes. */
    void clear();

    @Override
    void close();
}
