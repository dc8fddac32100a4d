package io.carillon.simulation;

import io.carillon.cluster.membership.MemberCard;
import io.carillon.cluster.membership.Members;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who each node takes for there, as a membership protocol would find out: late, each at its own
 * time, and only groups in which all reach each other.
 */
final class Membership {
    private static final long LOOK_MILLIS = 250;
    private static final int NOTICE_MILLIS_MAX = 4_000;
    private static final int HEAL_MILLIS_MAX = 2_500;

    private final World world;
    private final Net net;
    private final List<SimNode> nodes;
    private final List<SimNode> order = new ArrayList<>();
    private List<List<String>> wanted = List.of();

    Membership(World world, Net net, List<SimNode> nodes) {
        this.world = world;
        this.net = net;
        this.nodes = nodes;
    }

    void start() {
        look();
    }

    /** True if all nodes see all. */
    boolean isComplete() {
        return nodes.stream().allMatch(node -> node.isUp() && node.seen == nodes.size());
    }

    /** A node was started: it is the youngest. */
    void booted(SimNode node) {
        order.remove(node);
        order.add(node);
        node.seen = 0;
    }

    private void look() {
        world.in(LOOK_MILLIS, this::look);
        List<List<SimNode>> groups = groups();
        List<List<String>> names =
                groups.stream()
                        .map(group -> group.stream().map(SimNode::incarnationName).toList())
                        .toList();
        if (names.equals(wanted)) {
            return;
        }
        wanted = names;
        for (List<SimNode> group : groups) {
            for (SimNode node : group) {
                int boot = node.boot();
                boolean fewer = group.size() < node.seen;
                int delay = world.upTo(fewer ? NOTICE_MILLIS_MAX : HEAL_MILLIS_MAX);
                world.in(delay, () -> tell(node, boot, names));
            }
        }
    }

    private void tell(SimNode node, int boot, List<List<String>> names) {
        if (!names.equals(wanted) || !node.isUp(boot)) {
            return;
        }
        List<MemberCard> cards = new ArrayList<>();
        for (List<SimNode> group : groups()) {
            if (group.contains(node)) {
                order.stream()
                        .filter(group::contains)
                        .map(each -> each.running().card)
                        .forEach(cards::add);
            }
        }
        node.seen = cards.size();
        Members members = node.running().members;
        Log.say(world, node + " sees " + cards.stream().map(MemberCard::node).toList());
        node.loop().execute(() -> members.update(cards));
    }

    /** The largest group first, each of nodes that all reach each other. */
    private List<List<SimNode>> groups() {
        List<SimNode> left = new ArrayList<>(nodes.stream().filter(SimNode::isUp).toList());
        List<List<SimNode>> groups = new ArrayList<>();
        while (!left.isEmpty()) {
            List<SimNode> best = null;
            for (int subset = 1; subset < 1 << left.size(); subset++) {
                List<SimNode> group = subset(left, subset);
                if (group != null && (best == null || group.size() > best.size())) {
                    best = group;
                }
            }
            groups.add(best);
            left.removeAll(best);
        }
        return groups;
    }

    private @Nullable List<SimNode> subset(List<SimNode> of, int subset) {
        List<SimNode> group = new ArrayList<>();
        for (int i = 0; i < of.size(); i++) {
            if ((subset & 1 << i) != 0) {
                SimNode candidate = of.get(i);
                if (group.stream().anyMatch(each -> !net.connects(each.number, candidate.number))) {
                    return null;
                }
                group.add(candidate);
            }
        }
        return group;
    }
}
