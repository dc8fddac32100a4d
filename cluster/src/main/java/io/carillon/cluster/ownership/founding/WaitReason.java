package io.carillon.cluster.ownership.founding;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.Home;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sentences for people: what the founding of a cluster waits for. */
final class WaitReason {
    private WaitReason() {}

    /**
     * Before there is a charter.
     *
     * @param silent those of the visible that have not told their standing
     */
    static String toDraw(FoundingRules rules, Collection<Home> visible, List<Home> silent) {
        List<Home> founders = Charter.founders(rules, visible);
        if (founders.size() < rules.size()) {
            List<NodeId> names = rules.founders().stream().sorted().toList();
            return "founding the cluster needs %d nodes%s; these are here: %s"
                    .formatted(rules.size(), names.isEmpty() ? "" : " of " + names, names(visible));
        }
        return silent.isEmpty()
                ? "waits for " + founders.getFirst().node() + " to found the cluster"
                : "waits for a word of " + names(silent);
    }

    /** Before the charter is in force. */
    static String toFound(Charter charter, Set<Voter> holders) {
        String missing =
                charter.founders().stream()
                        .map(Home::voter)
                        .filter(voter -> !holders.contains(voter))
                        .map(Voter::toString)
                        .collect(Collectors.joining(", "));
        return "founding the cluster waits until these have stored its charter: " + missing;
    }

    private static List<NodeId> names(Collection<Home> homes) {
        return homes.stream().map(Home::node).sorted().toList();
    }
}
