package io.carillon.simulation;

import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client got, and whether that came in order, once, and because it had asked for it. */
final class Book {
    private final World world;
    private final Ledger ledger;
    private final Profile profile;
    private final Subscriptions subscriptions;

    /** Counts by number of message. */
    final Map<Integer, Integer> got = new LinkedHashMap<>();

    /** The newest by topic, of what came because it is retained, or is to be from then on. */
    final Map<String, Integer> gotRetained = new LinkedHashMap<>();

    private final Map<String, Integer> newest = new HashMap<>();

    Book(World world, Ledger ledger, Profile profile, Subscriptions subscriptions) {
        this.world = world;
        this.ledger = ledger;
        this.profile = profile;
        this.subscriptions = subscriptions;
    }

    /** The next session is another one. */
    void forget() {
        got.clear();
        newest.clear();
    }

    void take(Publish publish) {
        String text = new String(publish.message().payload(), StandardCharsets.UTF_8);
        String topic = publish.message().topic().name();
        if (topic.startsWith("w/")) {
            if (profile.watchesWills()) {
                ledger.will(text).came(world.now());
                Log.say(world, profile.id() + " gets the will of " + text);
            }
            return;
        }
        for (int identifier : publish.subscriptionIdentifiers()) {
            if (!subscriptions.isIdentifier(identifier, topic)) {
                world.bad(profile.id() + " gets " + topic + " under number " + identifier);
            }
        }
        if (text.isEmpty()) {
            gotRetained.remove(topic); // a CLEAR
            return;
        }
        Ledger.Sent message = ledger.sent.get(Integer.parseInt(text));
        if (publish.retain()) {
            retained(message);
        } else {
            passed(message, publish.qos());
        }
    }

    private void retained(Ledger.Sent message) {
        gotRetained.put(message.topic, message.number);
        if (!message.isRetained() || !subscriptions.wantRetained(message.topic)) {
            world.bad("P6: " + profile.id() + " got as retained " + message);
        }
        if (Log.isOn()) {
            Log.say(world, profile.id() + " gets what is retained, " + message);
        }
    }

    private void passed(Ledger.Sent message, QoS qos) {
        if (message.isRetained()) {
            gotRetained.merge(message.topic, message.number, Math::max);
        }
        int times = got.merge(message.number, 1, Integer::sum);
        if (Log.isOn()) {
            Log.say(world, profile.id() + " gets " + message + " as " + qos);
        }
        if (times > 1) {
            if (qos == QoS.EXACTLY_ONCE && isJudged() && !mayGetAgain()) {
                world.bad("P5: " + profile.id() + " got twice: " + message);
            }
            return;
        }
        if (!subscriptions.allow(message)) {
            world.bad("P3: " + profile.id() + " did not ask for " + message);
        }
        // A copy of what was sent before the client subscribed may come after newer ones.
        if (isJudged() && !profile.isShared() && subscriptions.owe(message)) {
            inOrder(message);
        }
    }

    private void inOrder(Ledger.Sent message) {
        String key =
                String.join(
                        "/",
                        message.publisher,
                        String.valueOf(message.session),
                        message.topic,
                        message.qos.name());
        Integer before = newest.put(key, message.number);
        if (before != null && before > message.number) {
            world.bad("P4: " + profile.id() + " got after " + before + ": " + message);
        }
    }

    /** What a transient session was given nobody knows when nodes are lost; it may come again. */
    private boolean isJudged() {
        return profile.durable() || world.isQuiet();
    }

    /**
     * When the publisher's session has another leader, that picks a member anew; what the one
     * before it had not taken comes by way of that one, too, once it is gone.
     */
    private boolean mayGetAgain() {
        return profile.isShared() && !profile.durable();
    }
}
