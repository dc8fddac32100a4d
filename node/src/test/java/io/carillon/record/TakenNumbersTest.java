package io.carillon.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TakenNumbersTest {
    @Test
    void ofNumbersInTheirOrderAllBelowAreTaken() {
        TakenNumbers taken = TakenNumbers.NONE.upTo(3).upTo(2);
        assertTrue(taken.has(1));
        assertTrue(taken.has(3));
        assertFalse(taken.has(4));
    }

    @Test
    void whatIsFarBelowCountsAsTaken() {
        TakenNumbers taken = TakenNumbers.NONE.with(100);
        assertFalse(taken.has(100 - 64));
        assertTrue(taken.has(100 - 65));
        assertTrue(taken.with(1_000).has(900));
        assertFalse(taken.with(1_000).has(999));
    }

    @Test
    void withinItsWindowItIsASet() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            Set<Long> model = new HashSet<>();
            TakenNumbers taken = TakenNumbers.NONE;
            for (int i = 0; i < 300; i++) {
                long number =
                        Math.max(1, taken.newest() - 64)
                                + random.nextInt(random.nextInt(10) == 0 ? 200 : 70);
                assertEquals(model.contains(number), taken.has(number));
                model.add(number);
                taken = taken.with(number);
                assertTrue(taken.has(number));
            }
        }
    }
}
