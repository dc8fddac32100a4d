package io.carillon.cluster.membership;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a node says about itself to those that it joins.
 *
 * @param peer where its stream for the other nodes listens
 * @param shards the number of shards that its data is divided into
 * @param size how many nodes it expects
 * @param zone what may fail together with it; empty if nothing is known
 */
public record MemberCard(
        NodeId node,
        Incarnation incarnation,
        HostPort peer,
        Release release,
        int shards,
        int size,
        String zone) {
    private static final String NODE = "carillon.node";
    private static final String DISK = "carillon.disk";
    private static final String BOOT = "carillon.boot";
    private static final String RANDOM = "carillon.random";
    private static final String PEER = "carillon.peer";
    private static final String RELEASE = "carillon.release";
    private static final String SHARDS = "carillon.shards";
    private static final String SIZE = "carillon.size";
    private static final String ZONE = "carillon.zone";
    private static final int HEX = 16;

    public MemberCard {
        atLeastOne("the number of shards", shards);
        atLeastOne("the expected size of the cluster", size);
    }

    /** As text, for the wire. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(NODE, node.name());
        attributes.put(DISK, incarnation.disk().toString());
        attributes.put(BOOT, Long.toString(incarnation.boot()));
        attributes.put(RANDOM, Long.toHexString(incarnation.random()));
        attributes.put(PEER, peer.toString());
        attributes.put(RELEASE, release.toString());
        attributes.put(SHARDS, Integer.toString(shards));
        attributes.put(SIZE, Integer.toString(size));
        attributes.put(ZONE, zone);
        return attributes;
    }

    /**
     * Reads {@link #attributes}; what a later release adds is left out.
     *
     * @throws IllegalArgumentException if one is missing or can't be read
     */
    static MemberCard of(Map<String, String> attributes) {
        return new MemberCard(
                new NodeId(text(attributes, NODE)),
                new Incarnation(
                        DiskId.parse(text(attributes, DISK)),
                        Long.parseLong(text(attributes, BOOT)),
                        Long.parseUnsignedLong(text(attributes, RANDOM), HEX)),
                HostPort.parse(text(attributes, PEER)),
                Release.parse(text(attributes, RELEASE)),
                Integer.parseInt(text(attributes, SHARDS)),
                Integer.parseInt(text(attributes, SIZE)),
                attributes.getOrDefault(ZONE, ""));
    }

    private static String text(Map<String, String> attributes, String name) {
        String value = attributes.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a member without " + name);
        }
        return value;
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " is " + value + " and has to be at least 1");
        }
    }
}
