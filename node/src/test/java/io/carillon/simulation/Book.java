package io.carillon.simulation;

import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client got, and whether that came in order and once. */
final class Book {
    private final World world;
    private final Ledger ledger;
    private final SimClient client;

    /** Counts by number of message. */
    final Map<Integer, Integer> got = new LinkedHashMap<>();

    /** Wills by name of the connection. */
    final Map<String, Integer> gotWills = new LinkedHashMap<>();

    final Map<String, String> gotRetained = new LinkedHashMap<>();

    /** The newest message to each topic that came over the connection, live or retained. */
    final Map<String, Integer> newestRetained = new HashMap<>();

    private final Map<String, Integer> newest = new HashMap<>();

    Book(World world, Ledger ledger, SimClient client) {
        this.world = world;
        this.ledger = ledger;
        this.client = client;
    }

    /** The next session is another one. */
    void forget() {
        got.clear();
        newest.clear();
        newestRetained.clear();
    }

    void take(Publish publish) {
        String text = new String(publish.message().payload(), StandardCharsets.UTF_8);
        String topic = publish.message().topic().name();
        if (topic.startsWith("w/")) {
            gotWills.merge(text, 1, Integer::sum);
            ledger.willMillis.putIfAbsent(text, world.now());
            Log.say(world, client + " gets the will of " + text);
            return;
        }
        if (client.takesRetained()) {
            gotRetained.put(topic, text);
            newestRetained.merge(topic, Integer.valueOf(text), Math::max);
            return;
        }
        Ledger.Sent message = ledger.sent.get(Integer.parseInt(text));
        int times = got.merge(message.number, 1, Integer::sum);
        if (Log.isOn()) {
            Log.say(world, client + " gets " + message + " as " + publish.qos());
        }
        if (times > 1) {
            if (publish.qos() == QoS.EXACTLY_ONCE && isJudged() && !mayGetAgain()) {
                world.bad("P5: " + client + " got twice: " + message);
            }
            return;
        }
        String key = message.publisher + "/" + message.session + "/" + topic + "/" + message.qos;
        Integer before = newest.put(key, message.number);
        if (before != null && before > message.number && isJudged() && !client.isShared()) {
            world.bad("P4: " + client + " got after " + before + ": " + message);
        }
    }

    /** What a transient session was given nobody knows when nodes are lost; it may come again. */
    private boolean isJudged() {
        return client.durable || world.isQuiet();
    }

    /**
     * When the publisher's session has another leader, that picks a member anew; what the one
     * before it had not taken comes by way of that one, too, once it is gone.
     */
    private boolean mayGetAgain() {
        return client.isShared() && !client.durable;
    }
}
