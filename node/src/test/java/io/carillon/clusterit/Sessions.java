package io.carillon.clusterit;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.QoS;
import io.carillon.recovery.Comeback;
import io.carillon.recovery.Place;
import io.carillon.testing.ClientEvent;
import io.carillon.testing.RawClient;
import io.carillon.testing.RawConnection;
import io.carillon.testing.cluster.ClusterNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Durable sessions, enough of them to be spread over all shards. */
final class Sessions {
    private final List<RawClient> clients = new ArrayList<>();
    private final String topic;

    private Sessions(String topic) {
        this.topic = topic;
    }

    /** Connects them all to one node; each is subscribed to a topic of its own. */
    static Sessions connect(int count, ClusterNode node, String topic) {
        Sessions sessions = new Sessions(topic);
        try {
            for (int i = 0; i < count; i++) {
                RawClient client = RawClient.durable(topic + "/" + i, MqttVersion.V5);
                client.connect(node.mqtt());
                client.subscribe(topic + "/" + i, QoS.AT_LEAST_ONCE);
                sessions.clients.add(client);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sessions;
    }

    /**
     * Connects all of them to other nodes, again and again until each has its session back and gets
     * a message by it.
     *
     * @return how long the last one took
     */
    Duration comeBack(List<ClusterNode> nodes) {
        long beginNanos = System.nanoTime();
        Place place = new LivingNodes(nodes);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < clients.size(); i++) {
                RawClient client = clients.get(i);
                String own = topic + "/" + i;
                all.add(CompletableFuture.runAsync(() -> comeBack(client, own, place), threads));
            }
            all.forEach(CompletableFuture::join);
        }
        Duration longest = Duration.ofNanos(System.nanoTime() - beginNanos);
        clients.forEach(RawClient::close);
        return longest;
    }

    /** A connection that breaks while the leaders change is one more to come back from. */
    private static void comeBack(RawClient client, String own, Place place) {
        long until = System.nanoTime() + RawConnection.DEADLINE.toNanos();
        while (true) {
            try {
                if (!Comeback.connect(client, place)) {
                    throw new AssertionError("the broker has forgotten " + own);
                }
                exchange(client, own);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > until) {
                    throw new AssertionError(own + " is not served again", e);
                }
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }

    private static void exchange(RawClient client, String own) throws IOException {
        byte[] payload = "here again".getBytes(StandardCharsets.US_ASCII);
        client.publish(own, payload, QoS.AT_LEAST_ONCE, false);
        while (true) {
            Optional<ClientEvent> event = client.poll(RawConnection.DEADLINE);
            if (event.isEmpty()) {
                throw new AssertionError(own + " does not get its message");
            }
            if (event.get() instanceof ClientEvent.Delivered) {
                return;
            }
        }
    }
}
