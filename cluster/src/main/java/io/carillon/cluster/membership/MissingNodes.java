package io.carillon.cluster.membership;

import io.carillon.loop.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says from time to time that nodes are missing, and what may keep them away. On the loop. */
final class MissingNodes {
    private static final Logger LOG = LoggerFactory.getLogger(MissingNodes.class);
    private static final long FIRST_MILLIS = 10_000;
    private static final long NEXT_MILLIS = 60_000;

    private final Loop loop;
    private final Members members;
    private final MemberSettings settings;

    private MissingNodes(Loop loop, Members members, MemberSettings settings) {
        this.loop = loop;
        this.members = members;
        this.settings = settings;
    }

    /** Begins to look. */
    static void watch(Loop loop, Members members, MemberSettings settings) {
        MissingNodes missing = new MissingNodes(loop, members, settings);
        loop.schedule(FIRST_MILLIS, missing::look);
    }

    private void look() {
        if (members.present().isEmpty()) {
            return; // this node has left
        }
        if (members.present().size() < members.size()) {
            LOG.warn(
                    "{} of {} nodes of cluster '{}' are there: {}; the others are looked for by {}."
                            + " A node that runs and does not come can't be reached there, or has"
                            + " another cluster.name",
                    members.present().size(),
                    members.size(),
                    settings.cluster(),
                    members.present().stream().map(Peer::node).toList(),
                    settings.discovery());
        }
        loop.schedule(NEXT_MILLIS, this::look);
    }
}
