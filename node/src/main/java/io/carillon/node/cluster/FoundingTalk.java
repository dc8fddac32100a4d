package io.carillon.node.cluster;

import io.carillon.cluster.link.Delivery;
import io.carillon.cluster.ownership.founding.CharterStore;
import io.carillon.cluster.ownership.founding.Founding;
import io.carillon.cluster.ownership.founding.FoundingBytes;
import io.carillon.cluster.ownership.founding.FoundingRounds;
import io.carillon.loop.Loop;

/** How the nodes that are there come to be a cluster, or one that was founded goes on. */
final class FoundingTalk {
    private FoundingTalk() {}

    /** Hears what others say of the founding and tells them; to be started. On the cluster loop. */
    static FoundingRounds of(
            CoreSettings settings,
            CharterStore charter,
            Loop loop,
            LooseEnds ends,
            Neighbours others) {
        FoundingRounds rounds =
                new FoundingRounds(
                        new Founding(settings.founding(), settings.home(), charter),
                        loop,
                        standing ->
                                ends.post()
                                        .tellAll(
                                                Delivery.LOSSY,
                                                Kind.FOUNDING,
                                                FoundingBytes.encode(standing)));
        ends.switchboard()
                .on(
                        Kind.FOUNDING,
                        (_, body) -> rounds.hear(FoundingBytes.decode(Switchboard.copy(body))));
        ends.switchboard().onUp(_ -> rounds.reached());
        others.onChange(() -> rounds.members(others.homes(settings.home())));
        return rounds;
    }
}
