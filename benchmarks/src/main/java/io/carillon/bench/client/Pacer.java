package io.carillon.bench.client;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the publishers of one loop, in turn, when their messages are due. They must have schedules
 * of the same interval. Ends by itself when none of them sends any more. Runs on the loop's thread.
 */
public final class Pacer implements Runnable {
    /** What is due within so short a time is sent together: a wake-up costs more than a message. */
    private static final long NAP_MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private final LoadLoop loop;
    private final List<Publisher> publishers;
    private long turn;
    private int finished;

    public Pacer(LoadLoop loop, List<Publisher> publishers) {
        this.loop = loop;
        this.publishers =
                publishers.stream()
                        .sorted(Comparator.comparingLong(p -> p.schedule().firstNanos()))
                        .toList();
    }

    @Override
    public void run() {
        long nanos = System.nanoTime();
        while (finished < publishers.size() && dueNanos() <= nanos) {
            Publisher publisher = publishers.get((int) (turn++ % publishers.size()));
            if (publisher.sending()) {
                finished = 0;
                loop.touch(publisher);
            } else {
                finished++;
            }
        }
        if (finished < publishers.size()) {
            long napNanos = Math.max(NAP_MIN_NANOS, dueNanos() - System.nanoTime());
            var _ = loop.events().schedule(this, napNanos, TimeUnit.NANOSECONDS);
        }
    }

    private long dueNanos() {
        int place = (int) (turn % publishers.size());
        return publishers.get(place).schedule().nanosOf(turn / publishers.size());
    }
}
