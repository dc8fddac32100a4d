package io.carillon.storage.overlay;

import io.carillon.storage.Space;

/** One change of an entry. Its arrays are nobody else's and never written to. */
sealed interface Change {

    Space space();

    record Put(Space space, byte[] key, byte[] value) implements Change {}

    record Delete(Space space, byte[] key) implements Change {}

    record DeleteOnce(Space space, byte[] key) implements Change {}

    /** Of at least one possible key: {@code from} is below {@code to}. */
    record DeleteRange(Space space, byte[] from, byte[] to) implements Change {}
}
