package io.carillon.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishers that take turns keep a rate to the nanosecond, each at an interval of its own. */
final class ScheduleTest {

    @Test
    void nothingIsDueBeforeTheFirstMessage() {
        Schedule schedule = new Schedule(1_000, 10);

        assertEquals(0, schedule.due(999));
        assertEquals(1, schedule.due(1_000));
        assertEquals(1, schedule.due(1_009));
        assertEquals(2, schedule.due(1_010));
    }

    @Test
    void publishersTakeTurns() {
        Schedule first = Schedule.of(0, 0, 4, 1_000);
        Schedule last = Schedule.of(0, 3, 4, 1_000);

        assertEquals(0, first.nanosOf(0));
        assertEquals(3_000_000, last.nanosOf(0));
        assertEquals(4_000_000, first.nanosOf(1));
        assertEquals(7_000_000, last.nanosOf(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 4_000, 999_999, 7_654_321})
    void aMessageIsDueAtItsTimeAndNotBefore(int rate) {
        Schedule schedule = Schedule.of(123_456_789_012_345L, 3, 7, rate);

        for (long message : new long[] {0, 1, 2, 3, 1_000, 86_400L * rate}) {
            assertEquals(message + 1, schedule.due(schedule.nanosOf(message)), "at " + message);
            assertEquals(message, schedule.due(schedule.nanosOf(message) - 1), "before " + message);
        }
    }

    @Test
    void aDayHoldsAllMessagesOfItsRate() {
        long day = 86_400_000_000_000L;
        long due = 0;
        for (int place = 0; place < 50; place++) {
            due += Schedule.of(0, place, 50, 4_000).due(day - 1);
        }

        assertEquals(4_000L * 86_400, due);
    }
}
