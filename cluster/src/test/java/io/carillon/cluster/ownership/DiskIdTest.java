package io.carillon.cluster.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.carillon.cluster.DiskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskIdTest {

    @Test
    void comesBackFromItsText() {
        DiskId disk = new DiskId(-1, 255);
        assertEquals("ffffffffffffffff00000000000000ff", disk.toString());
        assertEquals(disk, DiskId.parse(disk.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "ffffffffffffffff00000000000000fg",
                "FFFFFFFFFFFFFFFF0000000000000000"
            })
    void refusesWhatIsNone(String text) {
        assertThrows(IllegalArgumentException.class, () -> DiskId.parse(text));
    }
}
