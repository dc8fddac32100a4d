package io.carillon.shard;

import io.carillon.topic.Subscriber;
import io.carillon.topic.Targets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event loop's lane that only writes down what its transient sessions would get. */
final class RecordingLane implements Lane {
    final List<String> got = new ArrayList<>();

    @Override
    public void handOut(Publication publication, Targets targets, @Nullable Receipt receipt) {
        String payload = new String(publication.message().payload(), StandardCharsets.UTF_8);
        targets.forEach(target -> got.add(target.subscriber().clientId() + " " + payload));
    }

    /** A connected transient client of this lane. */
    static Subscriber subscriber(String clientId) {
        return new Subscriber() {
            @Override
            public int lane() {
                return 0;
            }

            @Override
            public String clientId() {
                return clientId;
            }

            @Override
            public boolean online() {
                return true;
            }
        };
    }
}
