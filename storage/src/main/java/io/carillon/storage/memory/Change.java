package io.carillon.storage.memory;

import io.carillon.storage.Space;
import java.util.Arrays;

/** One change within a batch. */
sealed interface Change {

    Space space();

    /** Makes the change. */
    void applyTo(SpaceMap map);

    record Put(Space space, byte[] key, byte[] value) implements Change {
        @Override
        public void applyTo(SpaceMap map) {
            map.forWriting().put(key, value);
        }
    }

    record Delete(Space space, byte[] key) implements Change {
        @Override
        public void applyTo(SpaceMap map) {
            map.forWriting().remove(key);
        }
    }

    record DeleteRange(Space space, byte[] from, byte[] to) implements Change {
        @Override
        public void applyTo(SpaceMap map) {
            if (Arrays.compareUnsigned(from, to) < 0) {
                map.forWriting().subMap(from, to).clear();
            }
        }
    }
}
