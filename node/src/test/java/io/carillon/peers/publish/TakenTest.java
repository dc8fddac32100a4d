package io.carillon.peers.publish;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TakenTest {
    private final Taken taken = new Taken();

    @Test
    void eachNumberIsTakenOnce() {
        assertTrue(taken.add(1));
        assertFalse(taken.add(1));
        assertTrue(taken.add(2));
        assertFalse(taken.add(1));
        assertFalse(taken.add(2));
    }

    @Test
    void whatAnotherMemberMightHaveHadIsTakenLate() {
        assertTrue(taken.add(7));
        assertTrue(taken.add(5));
        assertFalse(taken.add(5));
        assertFalse(taken.add(7));
        assertTrue(taken.add(6));
    }

    @Test
    void whatIsFarBehindIsNotTaken() {
        assertTrue(taken.add(1_000));
        assertTrue(taken.add(1_000 - 63));
        assertFalse(taken.add(1_000 - 64));
        assertTrue(taken.add(5_000));
        assertTrue(taken.add(5_000 - 1));
        assertFalse(taken.add(1_001));
    }
}
