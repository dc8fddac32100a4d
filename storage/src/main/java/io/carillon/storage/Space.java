package io.carillon.storage;

import java.util.regex.Pattern;

/**
 * A named part of a store with an order of keys of its own (a column family in RocksDB).
 *
 * @param name lower case letters, digits and dashes; part of the format on disk
 */
public record Space(String name) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    public Space {
        // RocksDB's own first column family is called default; the store keeps its marks there.
        if (!NAME.matcher(name).matches() || name.equals("default")) {
            throw new IllegalArgumentException("not a name for a space: " + name);
        }
    }
}
