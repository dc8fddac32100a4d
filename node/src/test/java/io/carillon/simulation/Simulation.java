package io.carillon.simulation;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster of three nodes and its clients under everything at once; checks what was promised while
 * it goes, and the rest when all is healed.
 */
final class Simulation {
    static final int NODES = 3;
    private static final long START_MILLIS_MAX = 20_000;
    private static final long SETTLE_MILLIS_MAX = 60_000;
    private static final long REST_MILLIS = 4_000;
    private static final int RETAINED_TOPICS = 2;

    /** Clients that come to see what is retained. */
    private static final int LOOKERS = 2;

    /** Durable subscribers of what nobody wants before them. */
    private static final int LATECOMERS = 2;

    private final World world;
    private final List<SimNode> nodes = new ArrayList<>();
    private final Net net;
    private final Membership membership;
    private final SharedMaps maps;
    private final Ledger ledger = new Ledger();
    private final Promises promises;
    private final Chaos chaos;
    private final List<SimClient> clients = new ArrayList<>();
    private final List<SimClient> publishers = new ArrayList<>();
    private boolean publishing;
    private boolean churning;

    /**
     * What came of a run.
     *
     * @param trace a hash over all that was sent and when
     * @param bad broken promises; empty if all is well
     */
    record Outcome(
            long seed, long trace, int sent, long accepted, int disturbances, List<String> bad) {}

    private Simulation(long seed, Chaos.Strength strength) {
        world = new World(seed);
        net = new Net(world, nodes, NODES);
        membership = new Membership(world, net, nodes);
        maps = new SharedMaps(world, net, nodes);
        chaos = new Chaos(world, net, membership, nodes, strength);
        promises = new Promises(world, ledger, clients);
        for (int i = 0; i < NODES; i++) {
            nodes.add(new SimNode(this, world, i));
        }
    }

    /** Runs so many seconds of chaos, then lets the cluster come to rest and checks it. */
    static Outcome run(long seed, int seconds, Chaos.Strength strength) {
        Simulation simulation = new Simulation(seed, strength);
        try {
            simulation.runAll(seconds);
        } catch (RuntimeException e) {
            simulation.world.bad("thrown: " + e);
            if (Log.isOn()) {
                e.printStackTrace();
            }
        }
        return new Outcome(
                seed,
                simulation.world.traced(),
                simulation.ledger.sent.size(),
                simulation.ledger.accepted(),
                simulation.chaos.count(),
                simulation.world.bad);
    }

    Net net() {
        return net;
    }

    SharedMaps maps() {
        return maps;
    }

    private void runAll(int seconds) {
        nodes.forEach(chaos::boot);
        membership.start();
        makeClients();
        if (!passUntil(START_MILLIS_MAX, this::allReady)) {
            world.bad("liveness: the cluster is not founded: " + states());
            return;
        }
        // Who listens for good is there before anything is disturbed.
        clients.stream().filter(client -> client.durable).forEach(this::connectSomewhere);
        if (!passUntil(START_MILLIS_MAX, this::allDurableSubscribed)) {
            world.bad("liveness: clients can't subscribe");
            return;
        }
        churning = true;
        publishing = true;
        world.in(1, this::churn);
        publishers.forEach(client -> world.in(world.upTo(100), () -> publish(client)));
        pass(500);
        chaos.start();
        for (int i = 0; i < LATECOMERS; i++) {
            String id = "late" + i;
            world.in(world.upTo(seconds * 1_000), () -> add(id, true, false, "u/#"));
        }
        pass(seconds * 1_000L);
        chaos.stop();
        Log.say(world, "healed");
        pass(2_000);
        publishing = false;
        if (!passUntil(SETTLE_MILLIS_MAX, this::allServed)) {
            world.bad("liveness: not all is served after a heal: " + states());
        }
        churning = false;
        pass(REST_MILLIS);
        if (!allServed()) {
            world.bad("liveness: not all stays served after a heal: " + states());
        }
        List<SimClient> witnesses = new ArrayList<>();
        for (SimNode node : nodes) {
            SimClient witness =
                    client("witness" + node.number, false, false, "r/#", RetainHandling.ALWAYS);
            witness.connect(node);
            witnesses.add(witness);
        }
        pass(REST_MILLIS);
        promises.checkAtEnd(witnesses);
        for (SimNode node : nodes) {
            if (node.failures() > 0) {
                world.bad(node + " had " + node.failures() + " tasks that failed");
            }
        }
    }

    private SimClient client(
            String id, boolean durable, boolean will, String filter, RetainHandling retained) {
        SimClient made =
                new SimClient(world, ledger, id, durable, will, filter, QoS.EXACTLY_ONCE, retained);
        return made;
    }

    private void makeClients() {
        add("all", true, false, "t/#");
        add("one", true, true, "t/1");
        add("wide", true, false, "+/1");
        add("wills", true, false, "w/#");
        add("left", true, true, "$share/g/t/#");
        add("right", true, false, "$share/g/t/#");
        add("now", false, true, "t/#");
        add("then", false, false, "+/0");
        add("mine", false, false, "$share/h/t/#");
        add("yours", false, true, "$share/h/t/#");
        for (int i = 0; i < LOOKERS; i++) {
            clients.add(client("looks" + i, false, false, "r/#", RetainHandling.ALWAYS));
        }
        for (int i = 0; i < RETAINED_TOPICS; i++) {
            SimClient publisher = client("p" + i, true, true, null, RetainHandling.NEVER);
            clients.add(publisher);
            publishers.add(publisher);
        }
        SimClient publisher = client("q", false, true, null, RetainHandling.NEVER);
        clients.add(publisher);
        publishers.add(publisher);
    }

    private void add(String id, boolean durable, boolean will, String filter) {
        clients.add(client(id, durable, will, filter, RetainHandling.NEVER));
    }

    private void connectSomewhere(SimClient client) {
        SimNode node = nodes.get(world.upTo(NODES));
        if (node.isUp()) {
            client.connect(node);
        }
    }

    /** Clients come, go and move. */
    private void churn() {
        for (SimClient client : clients) {
            if (!client.isConnecting()) {
                if (world.chance(10)) {
                    connectSomewhere(client);
                }
            } else if (churning && client.isIn()) {
                if (client.hasLooked() && world.chance(40)) {
                    client.leave(false, false);
                } else if (world.chance(1) && world.chance(60)) {
                    leave(client);
                } else if (world.chance(1) && world.chance(40)) {
                    connectSomewhere(client); // takes over
                }
            }
        }
        world.in(40, this::churn);
    }

    /** Who says goodbye may be back, at any node, as soon as that was heard. */
    private void leave(SimClient client) {
        boolean goodbye = world.chance(30);
        client.leave(goodbye, world.chance(30));
        if (goodbye && world.chance(50)) {
            world.in(
                    5,
                    () -> {
                        if (!client.isConnecting()) {
                            connectSomewhere(client);
                        }
                    });
        }
    }

    private void publish(SimClient client) {
        if (!publishing) {
            return;
        }
        if (client.mayPublish()) {
            int own = publishers.indexOf(client);
            QoS qos = QoS.of(world.upTo(3));
            if (own < RETAINED_TOPICS && world.chance(25)) {
                client.publish("r/" + own, qos == QoS.AT_MOST_ONCE ? QoS.AT_LEAST_ONCE : qos, true);
            } else {
                String root = world.chance(15) ? "u/" : "t/";
                client.publish(root + world.upTo(3), qos, false);
            }
        }
        world.in(world.chance(20) ? 1 : world.upTo(120), () -> publish(client));
    }

    private boolean allReady() {
        return nodes.stream().allMatch(SimNode::isReady) && membership.isComplete();
    }

    private boolean allDurableSubscribed() {
        clients.stream()
                .filter(client -> client.durable && !client.isConnecting())
                .forEach(this::connectSomewhere);
        return clients.stream().filter(client -> client.durable).allMatch(SimClient::isSubscribed);
    }

    private boolean allServed() {
        return allReady() && clients.stream().allMatch(client -> client.isIn() && client.isDone());
    }

    private List<String> states() {
        List<String> states = new ArrayList<>();
        for (SimNode node : nodes) {
            states.add(node + (node.isReady() ? " ready" : " " + node.obstacle()));
        }
        for (SimClient client : clients) {
            if (!client.isIn() || !client.isDone()) {
                states.add(client + " waits for " + client.waits());
            }
        }
        return states;
    }

    private void pass(long millis) {
        passUntil(millis, () -> false);
    }

    private interface Condition {
        boolean holds();
    }

    private boolean passUntil(long millisMax, Condition condition) {
        for (long end = world.now() + millisMax; world.now() < end; ) {
            if (world.now() % 50 == 0 && condition.holds()) {
                return true;
            }
            step();
        }
        return condition.holds();
    }

    private void step() {
        world.runDue();
        net.run();
        nodes.forEach(SimNode::run);
        world.conns.removeIf(conn -> !conn.pump());
        if (world.now() % 10 == 0) {
            look();
        }
        world.tick();
    }

    private void look() {
        boolean steady =
                net.isWhole()
                        && membership.isComplete()
                        && nodes.stream().noneMatch(SimNode::isPaused);
        if (!steady) {
            world.steadySince = Long.MAX_VALUE;
        } else if (world.steadySince == Long.MAX_VALUE) {
            world.steadySince = world.now();
        }
        boolean quiet =
                chaos.isQuiet() && allReady() && nodes.stream().noneMatch(SimNode::isPaused);
        if (!quiet) {
            world.quietSince = Long.MAX_VALUE;
        } else if (world.quietSince == Long.MAX_VALUE) {
            world.quietSince = world.now();
        }
        promises.checkNow();
    }
}
