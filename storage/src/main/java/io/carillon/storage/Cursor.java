package io.carillon.storage;

/** Walks the keys of a space in order, over the state at the time it was opened. One thread. */
public interface Cursor extends AutoCloseable {

    /** Moves to the first key at or after the given one; false if there is none. */
    boolean seek(byte[] key);

    /** Moves to the last key at or before the given one; false if there is none. */
    boolean seekBack(byte[] key);

    /** Moves to the next key; false if there is none. */
    boolean next();

    /** Moves to the key before; false if there is none. */
    boolean previous();

    /** The key it stands on; the caller's own copy. */
    byte[] key();

    /** The value it stands on; the caller's own copy. */
    byte[] value();

    @Override
    void close();
}
