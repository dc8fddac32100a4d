package io.carillon.peers.publish;

import io.carillon.loop.AnyThread;
import io.carillon.record.Origin;
import io.carillon.record.TakenNumbers;
import io.carillon.shard.Lane;
import io.carillon.shard.Publication;
import io.carillon.shard.Receipt;
import io.carillon.topic.Target;
import io.carillon.topic.Targets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The transient sessions of an event loop, which get a message of an exactly-once publisher once:
 * when another node comes to lead the publisher's session, it routes again what is not answered.
 * Other messages pass by.
 */
@AnyThread
public final class OnceLane implements Lane {
    private static final int SOURCES_MAX = 10_000;

    private final Lane lane;

    /** What of each source was handed out, those heard of last. Guarded by itself. */
    private final Map<Source, TakenNumbers> sources = new LinkedHashMap<>(0, 0.75f, true);

    /** Each shared subscription brings a message once. */
    private record Source(long session, @Nullable String sharedFilter) {}

    public OnceLane(Lane lane) {
        this.lane = lane;
    }

    @Override
    public void handOut(Publication publication, Targets targets, @Nullable Receipt receipt) {
        Origin origin = publication.origin();
        if (origin == null || takes(origin, targets)) {
            lane.handOut(publication, targets, receipt);
        }
    }

    private boolean takes(Origin origin, Targets targets) {
        Source source = new Source(origin.session(), sharedFilter(targets));
        synchronized (sources) {
            TakenNumbers taken = sources.getOrDefault(source, TakenNumbers.NONE);
            if (taken.has(origin.number())) {
                return false;
            }
            sources.put(source, taken.with(origin.number()));
            if (sources.size() > SOURCES_MAX) {
                sources.remove(sources.keySet().iterator().next());
            }
            return true;
        }
    }

    private static @Nullable String sharedFilter(Targets targets) {
        for (Target[] chunk : targets.chunks()) {
            for (Target target : chunk) {
                return target.sharedFilter() == null ? null : target.sharedFilter().text();
            }
        }
        return null;
    }
}
