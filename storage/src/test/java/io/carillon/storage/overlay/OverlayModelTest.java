package io.carillon.storage.overlay;

import io.carillon.storage.Space;
import io.carillon.storage.Store;
import io.carillon.storage.memory.MemoryStore;
import io.carillon.storage.rocks.RocksSettings;
import io.carillon.storage.rocks.RocksStore;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayModelTest {
    private static final List<Space> SPACES = List.of(new Space("a"), new Space("b"));

    /** Fixed seeds and some new ones; a failing test has its seed in its name. */
    static LongStream seeds() {
        return LongStream.concat(
                LongStream.rangeClosed(1, 20), RandomGenerator.getDefault().longs(4));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithSortedMaps(long seed) {
        try (Store store = new MemoryStore(SPACES)) {
            new OverlayModel(seed, SPACES, store).run(400);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithSortedMapsOverRocks(long seed, @TempDir Path dir) {
        try (Store store = RocksStore.open(dir, SPACES, RocksSettings.DEFAULT)) {
            new OverlayModel(seed, SPACES, store).run(400);
        }
    }
}
