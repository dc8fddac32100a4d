package io.carillon.cluster.membership;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;

/** Removes an entry where it is: one message to each member for a batch, not one for each key. */
final class Removal implements EntryProcessor<String, byte[], Boolean> {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean process(Map.Entry<String, byte[]> entry) {
        entry.setValue(null);
        return true;
    }
}
