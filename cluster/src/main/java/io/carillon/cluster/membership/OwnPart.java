package io.carillon.cluster.membership;

import java.util.Iterator;
import java.util.Map;

/**
 * What this node has to say in a {@link SharedMap}: the truth, of which the map holds a copy. On
 * the map's loop.
 */
public interface OwnPart {

    /**
     * All entries, read a batch at a time while they may change. The iterator has to bear that: an
     * entry that is there all the time comes, with its value of the moment; one that is added or
     * removed meanwhile may come or not, since that is told to the map, too.
     */
    Iterator<Map.Entry<String, byte[]>> entries();

    /** True if there is an entry of that key now. */
    boolean has(String key);

    /** Says nothing. */
    static OwnPart empty() {
        return new OwnPart() {
            @Override
            public Iterator<Map.Entry<String, byte[]>> entries() {
                return Map.<String, byte[]>of().entrySet().iterator();
            }

            @Override
            public boolean has(String key) {
                return false;
            }
        };
    }
}
