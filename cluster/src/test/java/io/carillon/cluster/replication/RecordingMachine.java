package io.carillon.cluster.replication;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.cluster.Epoch;
import io.carillon.storage.Batch;
import io.carillon.storage.Space;
import java.util.ArrayList;
import java.util.List;

/** A machine whose records are keys, and that writes down what it is told. */
final class RecordingMachine implements ShardMachine<String> {
    static final Space SPACE = new Space("state");

    final List<String> events = new ArrayList<>();
    Epoch epoch = new Epoch(0, 0);
    int committed;

    @Override
    public void lead(Epoch epoch) {
        this.epoch = epoch;
        events.add("lead");
    }

    @Override
    public void follow(String reason) {
        events.add("follow: " + reason);
    }

    @Override
    public void apply(String record, Batch batch) {
        if (record.startsWith("half")) {
            batch.put(SPACE, record.getBytes(UTF_8), new byte[0]);
            throw new IllegalStateException("can't apply " + record);
        }
        if (!record.startsWith("nothing")) {
            batch.put(SPACE, record.getBytes(UTF_8), new byte[] {1});
        }
    }

    @Override
    public void committed(int count) {
        committed += count;
        events.add("committed " + count);
    }
}
