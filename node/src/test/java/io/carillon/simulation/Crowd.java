package io.carillon.simulation;

import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.QoS;
import io.carillon.simulation.Presence.Leaving;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The clients: they come, go, move, publish, and change their minds. */
final class Crowd {
    private static final int RETAINED_TOPICS = 2;
    private static final int LATECOMERS = 2;
    private static final int AWAY_MILLIS_MAX = 7_000;

    /** Longer than any session or will waits, and everybody has noticed. */
    private static final int LONG_AWAY_MILLIS = 12_000;

    private final World world;
    private final Ledger ledger;
    private final List<SimNode> nodes;
    private final Cast cast;
    private final List<SimClient> clients = new ArrayList<>();
    private final List<SimClient> lookers = new ArrayList<>();
    private final List<SimClient> publishers = new ArrayList<>();

    /** Who stays away, and until when. */
    private final Map<SimClient, Long> awayUntil = new HashMap<>();

    private boolean publishing;
    private boolean churning;

    Crowd(World world, Ledger ledger, List<SimNode> nodes) {
        this.world = world;
        this.ledger = ledger;
        this.nodes = nodes;
        this.cast = new Cast(world);
        cast.subscribers().forEach(profile -> clients.add(client(profile)));
        for (int i = 0; i < RETAINED_TOPICS; i++) {
            publishers.add(client(cast.publisher("p" + i, true)));
        }
        publishers.add(client(cast.publisher("q", false)));
        clients.addAll(publishers);
        cast.lookers().forEach(profile -> lookers.add(client(profile)));
        clients.addAll(lookers);
    }

    private SimClient client(Profile profile) {
        return new SimClient(world, ledger, profile);
    }

    List<SimClient> clients() {
        return clients;
    }

    boolean areDurableSubscribed() {
        List<SimClient> durable =
                clients.stream().filter(client -> client.profile.durable()).toList();
        durable.stream().filter(client -> !client.isConnecting()).forEach(this::connectSomewhere);
        return durable.stream().allMatch(SimClient::isSubscribed);
    }

    void start(int millis) {
        churning = true;
        publishing = true;
        world.in(1, this::churn);
        publishers.forEach(client -> world.in(world.upTo(100), () -> publish(client)));
        for (int i = 0; i < LATECOMERS; i++) {
            SimClient latecomer = client(cast.latecomer("late" + i));
            world.in(world.upTo(millis), () -> clients.add(latecomer));
        }
    }

    /** Nobody publishes any more, or leaves; who is away comes back. */
    void rest() {
        publishing = false;
        churning = false;
    }

    /** Some go for so long that their wills are due, and sessions that expire are over. */
    void partForAWhile() {
        for (SimClient client : clients) {
            Profile profile = client.profile;
            if (profile.hasWill() && world.chance(60)) {
                client.leave(world.chance(30) ? Leaving.SILENTLY : Leaving.VANISH);
                int millis = profile.willDelaySeconds() > 0 ? LONG_AWAY_MILLIS : AWAY_MILLIS_MAX;
                awayUntil.put(client, world.now() + millis);
            }
        }
    }

    /** All stay where they are, and want what they want. */
    void settle() {
        clients.forEach(SimClient::makeUpMind);
    }

    boolean isServed() {
        return clients.stream().allMatch(client -> client.isIn() && client.isDone());
    }

    List<String> waits() {
        return clients.stream()
                .filter(client -> !client.isIn() || !client.isDone())
                .map(client -> client + " waits for " + client.waits())
                .toList();
    }

    /** One at each node asks for all that is retained, each in its own way. */
    List<SimClient> witnesses() {
        List<SimClient> witnesses =
                List.of(
                        client(cast.witness("witness0", "r/#")),
                        client(cast.witness("witness1", "r/+")),
                        client(cast.witness("witness2", "r/0", "r/1")));
        for (int i = 0; i < witnesses.size(); i++) {
            witnesses.get(i).connect(nodes.get(i % nodes.size()), false);
        }
        return witnesses;
    }

    private void connectSomewhere(SimClient client) {
        SimNode node = nodes.get(world.upTo(nodes.size()));
        if (node.isUp() && awayUntil.getOrDefault(client, 0L) <= world.now()) {
            boolean startsOver = client.profile.isBrief() && world.chance(10);
            client.connect(node, startsOver);
        }
    }

    private void churn() {
        for (SimClient client : clients) {
            if (!client.isConnecting()) {
                if (world.chance(10)) {
                    connectSomewhere(client);
                }
            } else if (churning && client.isIn()) {
                if (lookers.contains(client) && client.isSubscribed() && world.chance(4)) {
                    client.leave(Leaving.VANISH);
                } else if (world.chance(1) && world.chance(60)) {
                    leave(client);
                } else if (world.chance(1) && world.chance(40)) {
                    connectSomewhere(client); // takes over
                } else if (client.profile.fickle() && world.chance(4)) {
                    client.changeMind();
                }
            }
        }
        world.in(40, this::churn);
    }

    /** Who says goodbye may be back, at any node, as soon as that was heard; others stay away. */
    private void leave(SimClient client) {
        Leaving how = leaving(client.profile);
        client.leave(how);
        if (how == Leaving.GOODBYE && world.chance(50)) {
            world.in(
                    5,
                    () -> {
                        if (!client.isConnecting()) {
                            connectSomewhere(client);
                        }
                    });
        } else if (client.profile.version() == MqttVersion.V5 && world.chance(40)) {
            awayUntil.put(client, world.now() + world.upTo(AWAY_MILLIS_MAX));
        }
    }

    private Leaving leaving(Profile profile) {
        if (world.chance(30)) {
            if (profile.isBrief() && world.chance(20)) {
                return Leaving.GOODBYE_FOR_GOOD;
            }
            boolean isOld = !profile.version().hasProperties();
            return isOld || world.chance(70) ? Leaving.GOODBYE : Leaving.GOODBYE_WITH_WILL;
        }
        return world.chance(30) ? Leaving.SILENTLY : Leaving.VANISH;
    }

    private void publish(SimClient client) {
        if (!publishing) {
            return;
        }
        if (client.mayPublish()) {
            int own = publishers.indexOf(client);
            QoS qos = QoS.of(world.upTo(3));
            if (own < RETAINED_TOPICS && world.chance(25)) {
                client.publish(
                        "r/" + own,
                        qos == QoS.AT_MOST_ONCE ? QoS.AT_LEAST_ONCE : qos,
                        world.chance(10) ? Ledger.Kind.CLEAR : Ledger.Kind.BE_RETAINED);
            } else {
                String root = world.chance(15) ? "u/" : "t/";
                client.publish(root + world.upTo(3), qos, Ledger.Kind.PASS);
            }
        }
        world.in(world.chance(20) ? 1 : world.upTo(120), () -> publish(client));
    }
}
