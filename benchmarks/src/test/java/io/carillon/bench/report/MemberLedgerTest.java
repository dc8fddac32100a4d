package io.carillon.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the members of a shared group receive between them is each message once. */
final class MemberLedgerTest {
    private static final int SPAN = 128;

    private final MemberLedger one = MemberLedger.first(2, SPAN);
    private final MemberLedger two = one.next();

    @Test
    void membersMayOvertakeEachOther() {
        receive(one, 0, 3, 4);
        receive(two, 1, 2, 5);

        expect(6, 0, 0, 0);
    }

    @Test
    void aMemberMayNotBeOvertakenByItself() {
        receive(one, 0, 3);
        receive(two, 1);
        receive(one, 2);

        expect(4, 0, 0, 1);
    }

    @Test
    void aMessageForTwoMembersIsDoubledAndNothingElse() {
        receive(one, 0, 1, 2);
        receive(two, 1);

        expect(3, 0, 1, 0);
    }

    @Test
    void whatNoMemberGotIsLost() {
        receive(one, 0, 5);
        receive(two, 1);

        expect(7, 4, 0, 0);
    }

    @Test
    void publishersAreTakenApart() {
        receive(one, 0);
        two.receive(1, 0);

        assertEquals(0, one.lost(1, 1));
        expect(1, 0, 0, 0);
    }

    @Test
    void aMessageOlderThanTheSpanCountsAsDoubledAndStaysLost() {
        receive(one, SPAN + 63);
        receive(two, 64);
        expect(SPAN + 64, SPAN + 62, 0, 0);

        receive(two, 63);
        expect(SPAN + 64, SPAN + 62, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {SPAN - 1, SPAN, 2 * SPAN - 1, 2 * SPAN, 1_000_000_007L})
    void aLeapForgetsNoMoreThanItMust(long leap) {
        receive(one, 0, leap);
        receive(two, leap - SPAN / 2);
        receive(one, leap + 1);
        receive(two, leap);

        expect(leap + 2, leap + 2 - 4, 1, 0);
    }

    private static void receive(MemberLedger member, long... numbers) {
        LongStream.of(numbers).forEach(number -> member.receive(0, number));
    }

    private void expect(long sent, long lost, long doubled, long reordered) {
        assertEquals(lost, one.lost(0, sent) + two.lost(0, sent), "lost");
        assertEquals(doubled, one.doubled() + two.doubled(), "doubled");
        assertEquals(reordered, one.reordered() + two.reordered(), "reordered");
    }
}
