package io.carillon.cluster.membership;

import static io.carillon.cluster.membership.Cards.at;
import static io.carillon.cluster.membership.Cards.card;
import static io.carillon.cluster.membership.Cards.ofRelease;
import static io.carillon.cluster.membership.Cards.onDisk;
import static io.carillon.cluster.membership.Cards.withShards;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is a node of the cluster, by the list that all see. */
class AdmissionTest {

    @Test
    void nodesThatAgreeAreAccepted() {
        Admission admission = Admission.of(List.of(card(2), card(1), card(3)));
        assertEquals(List.of(card(2), card(1), card(3)), accepted(admission));
        assertTrue(admission.refused().isEmpty());
    }

    @Test
    void theLaterOneWithAnotherNumberOfShardsIsRefused() {
        MemberCard other = withShards(card(2), 8);
        Admission admission = Admission.of(List.of(card(1), other, card(3)));
        assertEquals(List.of(card(1), card(3)), accepted(admission));
        assertEquals(
                "it has cluster.shards 8 and the cluster has 16; set cluster.shards to 16 and start"
                        + " with an empty node.dataDir",
                admission.refused().get(other));
    }

    @Test
    void aNameIsGivenOnce() {
        MemberCard other = at(onDisk(card(1), 9), 9_500);
        Admission admission = Admission.of(List.of(card(1), other));
        assertEquals(List.of(card(1)), accepted(admission));
        assertEquals(
                "the name node-1 is taken by the node at 127.0.0.1:9001 with another data"
                        + " directory; give each node a node.name of its own",
                admission.refused().get(other));
    }

    @Test
    void aNodeThatWasStartedAgainTakesThePlaceOfItsFormerStart() {
        MemberCard again = at(card(1, 2), 9_500);
        for (List<MemberCard> order :
                List.of(List.of(card(1), card(2), again), List.of(again, card(2), card(1)))) {
            Admission admission = Admission.of(order);
            assertEquals(List.of(again, card(2)), accepted(admission));
            assertTrue(admission.refused().containsKey(card(1)));
        }
    }

    @Test
    void aCopiedDataDirectoryIsRefused() {
        MemberCard copy = at(card(1), 9_500);
        Admission admission = Admission.of(List.of(card(1), copy));
        assertEquals(List.of(card(1)), accepted(admission));
        assertTrue(admission.refused().get(copy).contains("must not be copied"));
    }

    @Test
    void releasesMayBeOneMinorVersionApartFromEachOther() {
        MemberCard next = ofRelease(card(2), "1.5.3-SNAPSHOT");
        MemberCard former = ofRelease(card(3), "1.3.0");
        Admission admission = Admission.of(List.of(card(1), next, former));
        assertEquals(List.of(card(1), next), accepted(admission));
        assertEquals(
                "its release 1.3.0 does not work with release 1.5.3 of node node-2; upgrade by one"
                        + " minor version at a time",
                admission.refused().get(former));
        MemberCard major = ofRelease(card(3), "2.4.0");
        assertTrue(Admission.of(List.of(card(1), major)).refused().containsKey(major));
    }

    @Test
    void aRefusedOneKeepsNobodyElseOut() {
        MemberCard refused = withShards(card(2), 8);
        MemberCard sameName = at(onDisk(card(2), 9), 9_500);
        Admission admission = Admission.of(List.of(card(1), refused, sameName));
        assertEquals(List.of(card(1), sameName), accepted(admission));
    }

    private static List<MemberCard> accepted(Admission admission) {
        return List.copyOf(admission.accepted().values());
    }
}
