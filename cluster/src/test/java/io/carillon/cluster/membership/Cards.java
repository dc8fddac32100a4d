package io.carillon.cluster.membership;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;

/** Nodes for tests: node-1 listens for peers on port 9001, and so on. */
final class Cards {
    static final int SHARDS = 16;

    private Cards() {}

    static MemberCard card(int number) {
        return card(number, 1);
    }

    static MemberCard card(int number, long boot) {
        return card(number, boot, 3);
    }

    static MemberCard card(int number, long boot, int size) {
        return new MemberCard(
                new NodeId("node-" + number),
                new Incarnation(new DiskId(0, number), boot, boot),
                new HostPort("127.0.0.1", 9_000 + number),
                new Release(1, 4, 0),
                SHARDS,
                size,
                "zone-" + number);
    }

    static MemberCard onDisk(MemberCard card, int disk) {
        return new MemberCard(
                card.node(),
                new Incarnation(new DiskId(1, disk), card.incarnation().boot(), 0),
                card.peer(),
                card.release(),
                card.shards(),
                card.size(),
                card.zone());
    }

    static MemberCard withShards(MemberCard card, int shards) {
        return new MemberCard(
                card.node(),
                card.incarnation(),
                card.peer(),
                card.release(),
                shards,
                card.size(),
                card.zone());
    }

    static MemberCard ofRelease(MemberCard card, String release) {
        return new MemberCard(
                card.node(),
                card.incarnation(),
                card.peer(),
                Release.parse(release),
                card.shards(),
                card.size(),
                card.zone());
    }

    static MemberCard at(MemberCard card, int port) {
        return new MemberCard(
                card.node(),
                card.incarnation(),
                new HostPort("127.0.0.1", port),
                card.release(),
                card.shards(),
                card.size(),
                card.zone());
    }
}
