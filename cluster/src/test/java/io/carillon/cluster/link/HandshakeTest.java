package io.carillon.cluster.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Control.Hello;
import io.carillon.cluster.link.Control.Reason;
import io.carillon.cluster.link.Control.Refusal;
import io.carillon.cluster.link.Control.Welcome;
import org.junit.jupiter.api.Test;

/** Node n1 is dialled by n2, and dials it. */
class HandshakeTest {
    private static final DiskId OTHER_DISK = new DiskId(9, 9);
    private static final LinkIdentity N2 = SimNode.identity(2, 5);

    private final Handshake handshake = new Handshake(SimNode.identity(1, 1), new Versions(2, 3));

    @Test
    void whoBelongsIsAccepted() {
        assertNull(handshake.judge(hello(N2), null));
        assertNull(handshake.judge(welcome(N2), SimNode.id(2), null));
        assertNull(handshake.judge(hello(N2), known(N2, 6, true)));
        LinkIdentity later = withStart(6, 1);
        assertNull(handshake.judge(hello(later), known(N2, 100, true)));
    }

    @Test
    void versionsHaveToOverlap() {
        Hello old = new Hello(new Versions(1, 1), N2, SimNode.id(1), 1, 7);
        refused(Reason.VERSION, handshake.judge(old, null), "n2", "1", "n1", "2 to 3", "upgrade");
        Welcome strange = new Welcome(4, N2, 0, 0);
        refused(Reason.VERSION, handshake.judge(strange, SimNode.id(2), null), "n2", "4");
    }

    @Test
    void theClusterHasToBeTheSame() {
        LinkIdentity from = new LinkIdentity(N2.node(), "prod", 16, N2.incarnation());
        refused(
                Reason.CLUSTER,
                handshake.judge(hello(from), null),
                "n2",
                "'prod'",
                "n1",
                "'test'",
                "cluster.name");
        refused(Reason.CLUSTER, handshake.judge(welcome(from), SimNode.id(2), null), "'prod'");
    }

    @Test
    void theNumberOfShardsHasToBeTheSame() {
        LinkIdentity from = new LinkIdentity(N2.node(), "test", 8, N2.incarnation());
        refused(
                Reason.SHARDS,
                handshake.judge(hello(from), null),
                "n2 has 8",
                "n1 has 16",
                "cluster.shards");
    }

    @Test
    void aNameBelongsToOneDisk() {
        LinkIdentity twin = withDisk(OTHER_DISK);
        refused(Reason.NAME, handshake.judge(hello(twin), known(N2, 1, true)), "n2", "node.name");
        assertNull(handshake.judge(hello(twin), known(N2, 1, false)));
        Welcome welcome = welcome(twin);
        refused(
                Reason.NAME,
                handshake.judge(welcome, SimNode.id(2), known(N2, 1, true)),
                "n2",
                OTHER_DISK.toString());
        assertNull(handshake.judge(welcome, SimNode.id(2), known(N2, 1, false)));
        LinkIdentity me =
                new LinkIdentity(SimNode.id(1), "test", 16, new Incarnation(OTHER_DISK, 1, 1));
        refused(Reason.NAME, handshake.judge(hello(me), null), "n1");
        refused(
                Reason.ADDRESS,
                handshake.judge(hello(SimNode.identity(1, 1)), null),
                "its own address");
    }

    @Test
    void theNodeHasToBeTheOneThatWasMeant() {
        Hello hello = new Hello(new Versions(2, 2), N2, new NodeId("n7"), 1, 7);
        refused(Reason.ADDRESS, handshake.judge(hello, null), "n2", "n7", "n1");
        refused(
                Reason.ADDRESS,
                handshake.judge(welcome(N2), new NodeId("n7"), null),
                "n1",
                "n7",
                "n2");
    }

    @Test
    void earlierStartsAndCopiesOfADiskAreRefused() {
        KnownPeer known = known(N2, 1, false);
        refused(
                Reason.START,
                handshake.judge(hello(withStart(4, 1)), known),
                "n2",
                "start 4",
                "start 5");
        refused(Reason.START, handshake.judge(hello(withStart(5, 1)), known), "copy");
    }

    @Test
    void ofTwoConnectionsTheLaterOneCounts() {
        refused(Reason.STALE, handshake.judge(hello(N2), known(N2, 7, true)), "n2");
        KnownPeer laterSeries = new KnownPeer(N2, 2, 3, true);
        refused(Reason.STALE, handshake.judge(hello(N2), laterSeries), "n2");
    }

    private static Hello hello(LinkIdentity from) {
        return new Hello(new Versions(1, 2), from, SimNode.id(1), 1, 7);
    }

    private static Welcome welcome(LinkIdentity from) {
        return new Welcome(2, from, 0, 0);
    }

    private static KnownPeer known(LinkIdentity who, long attempt, boolean holdsName) {
        return new KnownPeer(who, 1, attempt, holdsName);
    }

    private static LinkIdentity withDisk(DiskId disk) {
        return new LinkIdentity(
                N2.node(), "test", 16, new Incarnation(disk, 5, N2.incarnation().random()));
    }

    private static LinkIdentity withStart(long boot, long random) {
        return new LinkIdentity(N2.node(), "test", 16, new Incarnation(N2.disk(), boot, random));
    }

    private static void refused(Reason reason, Refusal refusal, String... said) {
        assertNotNull(refusal);
        assertEquals(reason, refusal.reason());
        for (String each : said) {
            assertTrue(refusal.text().contains(each), refusal.text());
        }
    }
}
