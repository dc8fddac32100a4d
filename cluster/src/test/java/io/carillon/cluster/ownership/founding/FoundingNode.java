package io.carillon.cluster.ownership.founding;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.ownership.Home;
import java.util.Collection;
import java.util.List;

/** A node of a test: a process that comes and goes, and a disk that stays. */
final class FoundingNode implements CharterStore {
    private final FoundingRules rules;
    private Home home;
    private Standing held;
    private Founding founding;

    FoundingNode(FoundingRules rules, Home home) {
        this.rules = rules;
        this.home = home;
        start();
    }

    @Override
    public Standing held() {
        return held == null ? null : FoundingBytes.decode(FoundingBytes.encode(held));
    }

    @Override
    public void hold(Standing standing) {
        held = standing;
    }

    void start() {
        founding = new Founding(rules, home, this);
    }

    /** The process ends; what is on disk stays. */
    void stop() {
        founding = null;
    }

    /** The disk is replaced by an empty one; the node is down. */
    void replaceDisk(long number) {
        stop();
        held = null;
        Voter voter = new Voter(home.node(), new DiskId(number, number));
        home = new Home(voter, home.zone());
    }

    boolean isUp() {
        return founding != null;
    }

    Home home() {
        return home;
    }

    FoundingState state() {
        return founding.state();
    }

    List<String> complaints() {
        return founding.complaints();
    }

    Standing standing() {
        return founding.standing();
    }

    boolean see(Collection<Home> members) {
        return founding.see(members);
    }

    boolean hear(Standing standing) {
        return founding.hear(standing);
    }

    /** The charter that the node says is in force, or null. */
    Charter founded() {
        return founding != null && founding.state() instanceof FoundingState.Founded(var charter)
                ? charter
                : null;
    }
}
