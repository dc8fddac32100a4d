package io.carillon.peers.route;

import io.carillon.mqtt.packet.Subscription;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * What a million routes cost: two nodes in one thread, one of which has all the subscriptions. Run
 * by hand, with compact headers as the broker is.
 */
final class RoutesFigures {
    private final TestCluster cluster = new TestCluster(2);
    private final TestNode speaker = cluster.nodes.get(0);
    private final TestNode listener = cluster.nodes.get(1);

    public static void main(String[] args) {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        new RoutesFigures().run("devices/ID/state", count, i -> "devices/" + i + "/state");
        new RoutesFigures().run("devices/ID/#", count, i -> "devices/" + i + "/#");
        new RoutesFigures().run("$share/g/devices/ID", count, i -> "$share/g/devices/" + i);
    }

    private void run(String kind, int count, IntFunction<String> filters) {
        cluster.settle();
        TestSession[] clients = new TestSession[count];
        Arrays.setAll(clients, i -> speaker.client());
        Subscription[] subscriptions = new Subscription[count];
        Arrays.setAll(subscriptions, i -> TestSession.to(filters.apply(i)));
        long before = heap();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            speaker.trie.subscribe(clients[i], subscriptions[i]);
        }
        report(kind + ": subscribed, told to the cluster loop", start, count);
        start = System.nanoTime();
        speaker.loop.runUntilIdle();
        report(kind + ": announced", start, count);
        long spoken = heap();
        start = System.nanoTime();
        cluster.settle();
        report(kind + ": at the other node, compared twice", start, count);
        long heard = heap();
        if (listener.trie.routeCount() != count) {
            throw new IllegalStateException(listener.trie.routeCount() + " routes");
        }
        System.out.printf(
                "%s: heap of the speaker %.1f bytes a route beside session and subscription, of the"
                        + " listener %.1f; of that tables of interest %.1f%n",
                kind,
                (double) (spoken - before) / count,
                (double) (heard - spoken - cluster.sharedMapBytes()) / count,
                (double) tableBytes() / count);
        start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            speaker.trie.unsubscribe(clients[i], subscriptions[i].filter());
        }
        cluster.settle();
        report(kind + ": unsubscribed, gone at both", start, count);
    }

    private long tableBytes() {
        long[] bytes = new long[1];
        listener.loop.execute(() -> bytes[0] = listener.interest.stats().tableBytes());
        listener.loop.runUntilIdle();
        return bytes[0];
    }

    private static void report(String what, long start, int count) {
        long nanos = System.nanoTime() - start;
        System.out.printf("%s: %.2f us each%n", what, nanos / 1e3 / count);
    }

    private static long heap() {
        for (int i = 0; i < 2; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
