package io.carillon.jmh.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A turn measures deliveries, not messages that are dropped. */
class TurnTest {
    private static final int TURNS = 500;

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void everyMessageOfEveryTurnIsSent(int qos) {
        Turn turn = new Turn();
        turn.qos = qos;
        turn.receivers = 2;
        turn.setUp();
        int packetBytes = 2 + 2 + Sample.TOPIC.length() + 2 * qos + 64;
        long before = turn.single();
        long after = before;
        for (int i = 0; i < TURNS; i++) {
            after = turn.single();
        }
        assertEquals((long) TURNS * packetBytes, after - before);
        assertEquals(20L * packetBytes, turn.burst() - after);
        turn.tearDown();
    }
}
