package io.carillon.cluster.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.Epoch;
import io.carillon.cluster.ShardId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OwnershipBytesTest {

    @Test
    void comesBackAsItWas() {
        Ownership led = Cases.led(65_535, 7, 1, 0, 1, 2);
        assertEquals(led, OwnershipBytes.decode(OwnershipBytes.encode(led)));
        Ownership none =
                Ownership.leaderless(new ShardId(3), new Epoch(1L << 40, 2), Cases.voters(1));
        assertEquals(none, OwnershipBytes.decode(OwnershipBytes.encode(none)));
    }

    @Test
    void whatIsCutOffIsRefused() {
        byte[] bytes = OwnershipBytes.encode(Cases.led(1, 7, 1, 0, 1, 2));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> OwnershipBytes.decode(cut));
        }
    }

    @Test
    void aLaterVersionIsNamed() {
        byte[] bytes = OwnershipBytes.encode(Cases.led(1, 7, 1, 0, 1, 2));
        bytes[0] = 9;
        var e = assertThrows(IllegalArgumentException.class, () -> OwnershipBytes.decode(bytes));
        assertTrue(e.getMessage().contains("version 9"), e.getMessage());
    }
}
