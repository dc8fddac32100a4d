package io.carillon.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Lost, doubled and reordered messages are told from their numbers alone. */
final class NumberingTest {

    private final Numbering numbering = new Numbering();

    @Test
    void aFullSequenceLacksNothing() {
        receive(0, 1, 2, 3);

        expect(4, 0, 0, 0);
    }

    @Test
    void aGapIsLost() {
        receive(0, 3);

        expect(4, 2, 0, 0);
    }

    @Test
    void theEndThatNeverCameIsLost() {
        receive(0, 1);

        expect(5, 3, 0, 0);
    }

    @Test
    void aLateMessageIsReorderedAndNotLost() {
        receive(0, 3, 2, 1);

        expect(4, 0, 0, 2);
    }

    @Test
    void aLateMessageInTheMiddleLeavesBothSidesOfTheGap() {
        receive(0, 6, 3);

        expect(7, 4, 0, 1);
        receive(1, 5, 2, 4);
        expect(7, 0, 0, 5);
    }

    @Test
    void aSecondCopyIsDoubled() {
        receive(0, 1, 1, 0, 2);

        expect(3, 0, 2, 0);
    }

    @Test
    void aLateMessageThatComesTwiceIsReorderedOnceAndDoubledOnce() {
        receive(0, 2, 1, 1);

        expect(3, 0, 1, 1);
    }

    @Test
    void theOldestGapIsForgottenButStaysLost() {
        LongStream.rangeClosed(0, Numbering.GAPS_MAX).forEach(n -> receive(2 * n + 1));

        receive(0);

        assertEquals(Numbering.GAPS_MAX + 1, numbering.lost(2L * Numbering.GAPS_MAX + 2));
        assertEquals(1, numbering.doubled());
    }

    private void receive(long... numbers) {
        LongStream.of(numbers).forEach(numbering::receive);
    }

    private void expect(long sent, long lost, long doubled, long reordered) {
        assertEquals(lost, numbering.lost(sent), "lost");
        assertEquals(doubled, numbering.doubled(), "doubled");
        assertEquals(reordered, numbering.reordered(), "reordered");
    }
}
