package io.carillon.cluster.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final LeaseNode a = new LeaseNode("a", 1);
    private final LeaseNode b = new LeaseNode("b", 1);
    private final LeaseNode c = new LeaseNode("c", 1);

    @BeforeEach
    void allKnowAll() {
        a.counts(b, c);
        b.counts(a, c);
        c.counts(a, b);
    }

    @Test
    void itIsHeldOnceAllHaveAgreedAndAllIsKnown() {
        a.beat(b);
        a.resume();
        assertFalse(a.lease.isHeld());
        a.run(() -> assertEquals("c", a.lease.missing()));
        a.beat(c);
        assertFalse(a.lease.isHeld());
        a.resume();
        assertTrue(a.lease.isHeld());
    }

    @Test
    void whoHasNotAppliedAllIsNotAgreedTo() {
        b.behind.add(a.id);
        beats(a, b, c);
        a.resume();
        assertFalse(a.lease.isHeld());
        assertEquals(0, b.owes(a));
        b.behind.clear();
        a.beat(b);
        a.resume();
        assertTrue(a.lease.isHeld());
    }

    @Test
    void eachHeartbeatRenewsIt() {
        holdAll();
        for (int i = 0; i < 40; i++) {
            pass(500);
            beatAll();
            assertTrue(a.lease.isHeld());
        }
        assertEquals(0, a.lapses);
    }

    @Test
    void aPauseEndsItByTheClockAlone() {
        holdAll();
        a.clock.advanceMillis(4_749);
        assertTrue(a.lease.isHeld());
        a.clock.advanceMillis(1);
        assertFalse(a.lease.isHeld());
    }

    @Test
    void whatWasAnsweredBeforeAPauseDoesNotRenewIt() {
        holdAll();
        LeaseNode.Said said = a.say();
        assertTrue(b.hears(a, said));
        assertTrue(c.hears(a, said));
        pass(6_000);
        a.isAnswered(b, said);
        a.isAnswered(c, said);
        assertFalse(a.lease.isHeld());
        assertEquals(1, a.lapses);
        a.resume();
        assertFalse(a.lease.isHeld());
    }

    @Test
    void oneThatHasEndedIsHeldAgainOnlyWhenAllIsKnown() {
        holdAll();
        pass(6_000);
        assertEquals(1, a.lapses);
        beatAll();
        assertFalse(a.lease.isHeld());
        a.resume();
        assertTrue(a.lease.isHeld());
    }

    /** Whose clock is slow relies on it for longer, as others see it: the margin is for that. */
    @Test
    void whoReliesOnItIsStillWaitedForThoughClocksDiffer() {
        holdAll();
        for (int millis = 0; millis < 8_000; millis++) {
            a.clock.advanceMillis(1);
            b.passes(millis % 25 == 0 ? 2 : 1); // four in a hundred faster
            assertTrue(!a.lease.isHeld() || b.owes(a) > 0, "after " + millis);
        }
        assertFalse(a.lease.isHeld());
        assertEquals(0, b.owes(a));
    }

    @Test
    void whoGivesItBackIsNotWaitedFor() {
        holdAll();
        a.run(a.lease::give);
        assertFalse(a.lease.isHeld());
        assertEquals(5_000, b.owes(a));
        b.run(() -> b.lease.givenBack(a.id));
        assertEquals(0, b.owes(a));
        a.beat(b);
        a.beat(c);
        a.resume();
        assertFalse(a.lease.isHeld());
    }

    @Test
    void twoOfThreeHoldItThroughTheHangingOfTheThird() {
        holdAll();
        // The third says nothing from now on, and answers nobody.
        for (int millis = 0; millis < 10_000; millis += 250) {
            if (millis == 3_500) { // their links have noticed
                a.counts(c);
                c.counts(a);
                beats(a, c);
                beats(c, a);
            } else if (millis % 500 == 0) {
                a.beat(c);
                c.beat(a);
            }
            assertTrue(a.lease.isHeld() && c.lease.isHeld(), "after " + millis);
            pass(250);
        }
        assertEquals(0, a.owes(b));
        assertFalse(b.lease.isHeld());
    }

    @Test
    void oneAloneOfThreeDoesNotHoldIt() {
        holdAll();
        a.counts();
        pass(6_000);
        a.resume();
        assertFalse(a.lease.isHeld());
    }

    @Test
    void oneAloneOfOneHoldsIt() {
        a.size = 1;
        a.counts();
        a.resume();
        for (int i = 0; i < 240; i++) {
            pass(250);
        }
        assertTrue(a.lease.isHeld());
    }

    /** Two that don't count on each other, and a third in between. */
    @Test
    void nobodyAgreesToTwoViewsThatExcludeEachOther() {
        a.counts(c);
        c.counts(a);
        a.beat(c);
        a.resume();
        assertTrue(a.lease.isHeld());
        c.counts(b);
        b.counts(c);
        b.beat(c);
        b.resume();
        assertFalse(b.lease.isHeld());
        pass(5_000);
        b.beat(c);
        b.resume();
        assertTrue(b.lease.isHeld());
        assertFalse(a.lease.isHeld());
    }

    @Test
    void whoeverHasStartedAgainDoesNotKnowWhatItHasPromised() {
        LeaseNode again = new LeaseNode("c", 2);
        again.counts(b);
        b.counts(again);
        b.beat(again);
        b.resume();
        assertFalse(b.lease.isHeld());
        pass(5_000);
        again.passes(5_000);
        b.beat(again);
        b.resume();
        assertTrue(b.lease.isHeld());
    }

    @Test
    void whereNobodyIsMissingNothingCanHaveBeenPromisedToAnother() {
        LeaseNode again = new LeaseNode("c", 2);
        again.counts(a, b);
        b.counts(a, again);
        LeaseNode.Said said = b.say();
        assertTrue(again.hears(b, said));
    }

    @Test
    void anEarlierStartOfANodeIsNotWaitedFor() {
        holdAll();
        assertEquals(5_000, b.owes(a));
        LeaseNode again = new LeaseNode("a", 2);
        b.counts(again, c);
        b.run(b.lease::look);
        assertEquals(0, b.owes(a));
    }

    /** Subscribers are answered a while before others go on without this node. */
    @Test
    void answersWaitForAgreementOfLate() {
        holdAll();
        List<String> answers = new ArrayList<>();
        a.run(() -> a.lease.execute(() -> answers.add("first")));
        pass(2_750);
        a.run(() -> a.lease.execute(() -> answers.add("second")));
        assertTrue(a.lease.isHeld());
        assertEquals(List.of("first"), answers);
        beats(a, b, c);
        assertEquals(List.of("first", "second"), answers);
    }

    private void holdAll() {
        beatAll();
        a.resume();
        b.resume();
        c.resume();
        assertTrue(a.lease.isHeld() && b.lease.isHeld() && c.lease.isHeld());
    }

    private void beatAll() {
        beats(a, b, c);
        beats(b, a, c);
        beats(c, a, b);
    }

    private static void beats(LeaseNode from, LeaseNode... to) {
        for (LeaseNode each : to) {
            from.beat(each);
        }
    }

    private void pass(long millis) {
        a.passes(millis);
        b.passes(millis);
        c.passes(millis);
    }
}
