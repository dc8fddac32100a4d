package io.carillon.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many connections a limit of open files allows. */
final class FileLimitTest {

    @ParameterizedTest
    @CsvSource({
        "100, 20000, 100",
        "100000, 20000, 19000",
        "100000, 1024, 512",
        "100000, 1, 1",
        "100000, 9223372036854775807, 100000"
    })
    void leavesRoomForTheStore(int wanted, long files, int possible) {
        assertEquals(possible, FileLimit.connections(wanted, files));
    }
}
