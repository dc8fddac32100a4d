package io.carillon.cluster.ownership.founding;

import io.carillon.cluster.NodeId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.Home;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One node's part in the founding of its cluster.
 *
 * <p>Three rules, and agreement follows. A node keeps one charter, on disk, and takes no other. A
 * charter is in force once <em>all</em> of its founders have it. Who draws one draws it from the
 * rules and the names alone. So two charters in force would need a founder with two, unless they
 * had no founder in common: which names in the {@link FoundingRules} exclude, and otherwise the
 * number of nodes that were started.
 *
 * <p>The price is that all founders have to be there, once. Nobody waits for anybody afterwards.
 *
 * <p>Nodes tell each other their {@link Standing}, and nothing else: each tells all it sees, every
 * second or so and when told to. Decides only; one thread.
 */
public final class Founding {
    private static final String LOST =
            "this node founded the cluster, but its data directory lacks the charter: it was"
                    + " damaged or restored in part. Remove it whole, so that the node joins anew";

    private final FoundingRules rules;
    private final Home self;
    private final CharterStore store;

    /** By name: who is to be seen, this node among them. */
    private final Map<NodeId, Home> visible = new TreeMap<>();

    /** Of those, who said that it has no charter; bounded by them. */
    private final Set<Voter> blank = new HashSet<>();

    /** The founders known to have this node's charter. */
    private final Set<Voter> holders = new HashSet<>();

    /** What other nodes have that keeps this one waiting; bounded by who is to be seen. */
    private final Map<NodeId, String> complaints = new HashMap<>();

    private Standing standing;
    private @Nullable String refusal;

    /**
     * A node's part, with what it has on disk.
     *
     * @throws io.carillon.storage.StorageException if that can't be read
     */
    public Founding(FoundingRules rules, Home self, CharterStore store) {
        this.rules = rules;
        this.self = self;
        this.store = store;
        visible.put(self.node(), self);
        Standing held = store.held();
        standing = held == null ? new Standing(self.voter(), null, false) : held;
        Charter charter = standing.charter();
        if (charter != null) {
            holders.add(self.voter());
            refusal = standing.founded() ? rules.mismatch(charter) : null;
            if (!standing.from().equals(self.voter())) {
                refusal =
                        "the data directory is that of %s, this is %s: give each node its own"
                                .formatted(standing.from(), self.voter());
            }
        }
    }

    /** What this node says of itself: to be told to all it sees. */
    public Standing standing() {
        return standing;
    }

    public FoundingState state() {
        String refused = refusal;
        if (refused != null) {
            return new FoundingState.Refused(refused);
        }
        Charter charter = standing.charter();
        if (charter == null) {
            return new FoundingState.Waiting(
                    reason(WaitReason.toDraw(rules, visible.values(), silent())));
        }
        return standing.founded()
                ? new FoundingState.Founded(charter)
                : new FoundingState.Waiting(reason(WaitReason.toFound(charter, holders)));
    }

    /** What is wrong with others, for people; none if all is well. */
    public List<String> complaints() {
        return List.copyOf(complaints.values());
    }

    /**
     * These nodes are members now; this one always is. True if this node's standing changed: it is
     * to be told at once.
     */
    public boolean see(Collection<Home> members) {
        visible.clear();
        members.forEach(home -> visible.put(home.node(), home));
        visible.put(self.node(), self);
        blank.removeIf(voter -> !isVisible(voter));
        complaints.keySet().retainAll(visible.keySet());
        return draw();
    }

    /**
     * Another node told its standing. True if this node's own is to be told at once: it changed, or
     * the other one is behind.
     */
    public boolean hear(Standing other) {
        Charter theirs = other.charter();
        boolean behind = standing.founded() && !other.founded();
        if (refusal != null || other.from().equals(self.voter())) {
            return false;
        }
        if (theirs == null) {
            if (isVisible(other.from())) {
                blank.add(other.from());
            }
            return draw() || behind;
        }
        blank.remove(other.from());
        Charter mine = standing.charter();
        if (mine == null) {
            return take(theirs, other);
        }
        if (!mine.equals(theirs)) {
            return differ(mine, theirs, other) || behind;
        }
        if (mine.isFounder(other.from())) {
            holders.add(other.from());
        }
        return founded(mine, other.founded()) || behind;
    }

    /**
     * Draws the charter once all that are to be seen have said that they have none, and enough are;
     * the first of the founders does.
     */
    private boolean draw() {
        if (standing.charter() != null || refusal != null) {
            return false;
        }
        List<Home> founders = Charter.founders(rules, visible.values());
        boolean drawn =
                silent().isEmpty()
                        && founders.size() == rules.size()
                        && founders.getFirst().equals(self);
        return drawn && hold(Charter.draw(rules, founders), self.voter());
    }

    /** Another node's charter comes to this one, which has none. */
    private boolean take(Charter theirs, Standing other) {
        String mismatch = rules.mismatch(theirs);
        if (other.founded()) {
            refusal = theirs.isFounder(self.voter()) ? LOST : mismatch;
            return refusal == null && keep(theirs, true);
        }
        if (mismatch == null && !theirs.isFounder(self.voter())) {
            mismatch = "others found the cluster, this node joins it then";
        }
        if (mismatch == null && !rules.areThoseOf(theirs)) {
            mismatch =
                    "it has other founders or replicas than this node is configured for:"
                            + " make cluster.size and cluster.replicas the same on all nodes";
        }
        if (mismatch != null) {
            complain(other.from(), mismatch);
            return false;
        }
        return hold(theirs, other.from());
    }

    /** Another node has another charter than this one. */
    private boolean differ(Charter mine, Charter theirs, Standing other) {
        if (standing.founded() && other.founded()) {
            complain(
                    other.from(),
                    "it belongs to another cluster of this name: stop the nodes of one of them, and"
                            + " give it another cluster.name");
            return true;
        }
        if (standing.founded()) {
            return false; // it gives its own up when it hears of this one
        }
        if (!other.founded()) {
            if (mine.isFounder(other.from())) {
                complain(
                        other.from(),
                        "two foundings met and neither can complete; nothing is stored yet: stop"
                                + " the nodes, remove their data directories and start again");
            }
            return false;
        }
        // A founder of both has theirs, so this node's own can never be in force.
        if (mine.sharesFounderWith(theirs) && !theirs.isFounder(self.voter())) {
            refusal = rules.mismatch(theirs);
            return refusal == null && keep(theirs, true);
        }
        refusal =
                "%s belongs to a cluster of the name %s that this node did not found: stop this"
                                .formatted(other.from(), rules.cluster())
                        + " node, and remove its data directory if it is to join that cluster";
        return true;
    }

    /** Keeps a charter that this node founds. */
    private boolean hold(Charter charter, Voter from) {
        keep(charter, false);
        holders.add(self.voter());
        if (charter.isFounder(from)) {
            holders.add(from);
        }
        founded(charter, false);
        return true;
    }

    private boolean founded(Charter charter, boolean known) {
        boolean all = charter.founders().stream().map(Home::voter).allMatch(holders::contains);
        return !standing.founded() && (known || all) && keep(charter, true);
    }

    private boolean keep(Charter charter, boolean founded) {
        Standing next = new Standing(self.voter(), charter, founded);
        store.hold(next);
        standing = next;
        complaints.clear();
        blank.clear();
        return true;
    }

    private boolean isVisible(Voter voter) {
        Home home = visible.get(voter.node());
        return home != null && home.voter().equals(voter);
    }

    private void complain(Voter from, String reason) {
        if (isVisible(from)) {
            complaints.put(from.node(), from.node() + " has a charter: " + reason);
        }
    }

    /** Who is to be seen and has not said that it has no charter. */
    private List<Home> silent() {
        return visible.values().stream()
                .filter(home -> !home.equals(self) && !blank.contains(home.voter()))
                .toList();
    }

    /** What others have in the way comes first. */
    private String reason(String otherwise) {
        return complaints.isEmpty() ? otherwise : String.join("; ", complaints.values());
    }
}
