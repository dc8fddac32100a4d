package io.carillon.bench.scenario;

import io.carillon.bench.client.Client;
import io.carillon.bench.client.ConnectStorm;
import io.carillon.bench.client.Idler;
import io.carillon.bench.client.LoadLoop;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A storm of connections on each event loop. */
final class Storms {
    private final Run run;
    private final AtomicInteger dialled = new AtomicInteger();
    private final List<ConnectStorm> storms;

    /** What has become of the connections so far. */
    record Count(long connected, long failed, int connecting) {
        Count plus(ConnectStorm storm) {
            return new Count(
                    connected + storm.connected(),
                    failed + storm.failed(),
                    connecting + storm.connecting());
        }
    }

    Storms(Run run) {
        this.run = run;
        Settings settings = run.settings();
        List<LoadLoop> loops = run.loops().all();
        this.storms =
                loops.stream()
                        .map(
                                loop ->
                                        new ConnectStorm(
                                                loop,
                                                () -> dial(loop),
                                                share(settings.connecting(), loops),
                                                share(settings.keep(), loops)))
                        .toList();
    }

    private static int share(int all, List<LoadLoop> loops) {
        return Math.ceilDiv(all, loops.size());
    }

    private Client dial(LoadLoop loop) {
        int number = dialled.getAndIncrement() & Integer.MAX_VALUE;
        Client client = new Idler(loop, run.transientClient("c", number));
        run.dial(client, number);
        return client;
    }

    void onEach(Consumer<ConnectStorm> action) {
        run.loops()
                .onEach(
                        loop ->
                                storms.stream()
                                        .filter(storm -> storm.loop() == loop)
                                        .forEach(action));
    }

    Count count() {
        AtomicReference<Count> sum = new AtomicReference<>(new Count(0, 0, 0));
        onEach(storm -> sum.updateAndGet(count -> count.plus(storm)));
        return sum.get();
    }
}
