package io.carillon.cluster.membership;

import io.carillon.cluster.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which members of a list are nodes of the cluster, and why the others aren't. Every node decides
 * by the same list, in the order in which they joined, so all come to the same result: the refused
 * one leaves, and the others take no notice of it.
 *
 * @param accepted in the order of joining, the oldest first
 * @param refused with the reason
 */
record Admission(Map<NodeId, MemberCard> accepted, Map<MemberCard, String> refused) {

    /** Decides about all members, given in the order of joining. */
    static Admission of(List<MemberCard> members) {
        List<MemberCard> accepted = new ArrayList<>();
        Map<MemberCard, String> refused = new LinkedHashMap<>();
        for (MemberCard member : members) {
            decide(member, accepted, refused);
        }
        Map<NodeId, MemberCard> byNode = new LinkedHashMap<>();
        accepted.forEach(member -> byNode.put(member.node(), member));
        return new Admission(byNode, refused);
    }

    private static void decide(
            MemberCard member, List<MemberCard> accepted, Map<MemberCard, String> refused) {
        int earlier = -1;
        for (int i = 0; i < accepted.size(); i++) {
            if (supersedes(member, accepted.get(i))) {
                earlier = i;
                continue;
            }
            String reason = conflict(member, accepted.get(i));
            if (!reason.isEmpty()) {
                refused.put(member, reason);
                return;
            }
        }
        if (earlier < 0) {
            accepted.add(member);
        } else {
            refused.put(accepted.set(earlier, member), superseded(member));
        }
    }

    /** A directory is open once: of two starts the later one is the living. */
    private static boolean supersedes(MemberCard later, MemberCard former) {
        return later.node().equals(former.node())
                && later.incarnation().disk().equals(former.incarnation().disk())
                && later.incarnation().boot() > former.incarnation().boot()
                && later.shards() == former.shards();
    }

    private static String superseded(MemberCard by) {
        return "node "
                + by.node()
                + " has been started again (boot "
                + by.incarnation().boot()
                + ", at "
                + by.peer()
                + "); if that was not meant, stop one of the two";
    }

    private static String conflict(MemberCard member, MemberCard other) {
        if (member.shards() != other.shards()) {
            return "it has cluster.shards "
                    + member.shards()
                    + " and the cluster has "
                    + other.shards()
                    + "; set cluster.shards to "
                    + other.shards()
                    + " and start with an empty node.dataDir";
        }
        if (!member.release().worksWith(other.release())) {
            return "its release "
                    + member.release()
                    + " does not work with release "
                    + other.release()
                    + " of node "
                    + other.node()
                    + "; upgrade by one minor version at a time";
        }
        if (!member.node().equals(other.node())) {
            return "";
        }
        if (!member.incarnation().disk().equals(other.incarnation().disk())) {
            return "the name "
                    + member.node()
                    + " is taken by the node at "
                    + other.peer()
                    + " with another data directory; give each node a node.name of its own";
        }
        if (supersedes(other, member)) {
            return superseded(other);
        }
        return "node "
                + member.node()
                + " runs already at "
                + other.peer()
                + " with this data directory (boot "
                + other.incarnation().boot()
                + "); a data directory must not be copied from one node to another";
    }
}
