package io.carillon.cluster.ownership.founding;

import io.carillon.cluster.ownership.Home;
import io.carillon.loop.Loop;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a node's {@link Founding}: tells its standing every second until the cluster is founded,
 * afterwards to whoever is behind, and logs what it waits for whenever that changes. On its loop.
 */
public final class FoundingRounds {
    private static final Logger LOG = LoggerFactory.getLogger(FoundingRounds.class);
    private static final long ROUND_MILLIS = 1_000;

    private final Founding founding;
    private final Loop loop;
    private final Consumer<Standing> peers;
    private final CompletableFuture<Charter> founded = new CompletableFuture<>();
    private String lastReason = "";
    private List<String> lastComplaints = List.of();

    /**
     * Rounds that are to be started.
     *
     * @param peers tells all other members; called on the loop, must not block, may lose it
     */
    public FoundingRounds(Founding founding, Loop loop, Consumer<Standing> peers) {
        this.founding = founding;
        this.loop = loop;
        this.peers = peers;
    }

    /**
     * Begins. The result completes on the loop: with the charter in force, or, if this node can't
     * be of this cluster, with an {@link IllegalStateException} whose message says what to do.
     */
    public CompletableFuture<Charter> start() {
        loop.assertInside();
        round();
        return founded;
    }

    /** What a health check says. */
    public FoundingState state() {
        loop.assertInside();
        return founding.state();
    }

    /** These are the members of the cluster now. */
    public void members(Collection<Home> members) {
        loop.assertInside();
        tellIf(founding.see(members));
    }

    /** A member can be reached from now on: it is told at once. */
    public void reached() {
        loop.assertInside();
        tellIf(true);
    }

    /** A member told its standing. */
    public void hear(Standing standing) {
        loop.assertInside();
        tellIf(founding.hear(standing));
    }

    private void round() {
        if (!founded.isDone()) {
            tellIf(true);
            loop.schedule(ROUND_MILLIS, this::round);
        }
    }

    private void tellIf(boolean due) {
        if (due) {
            peers.accept(founding.standing());
        }
        conclude();
    }

    private void conclude() {
        if (!founding.complaints().equals(lastComplaints)) {
            lastComplaints = founding.complaints();
            lastComplaints.forEach(LOG::warn);
        }
        if (founded.isDone()) {
            return;
        }
        switch (founding.state()) {
            case FoundingState.Founded(Charter charter) -> {
                LOG.info("the cluster {} is founded, {}", charter.cluster(), charter.id());
                founded.complete(charter);
            }
            case FoundingState.Refused(String reason) -> {
                LOG.error("this node can't be of the cluster: {}", reason);
                founded.completeExceptionally(new IllegalStateException(reason));
            }
            case FoundingState.Waiting(String reason) -> {
                if (!reason.equals(lastReason)) {
                    lastReason = reason;
                    LOG.info("{}", reason);
                }
            }
        }
    }
}
