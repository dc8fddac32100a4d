package io.carillon.simulation;

import io.carillon.mqtt.packet.QoS;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What users can hold us to, checked on what clients saw. */
final class Promises {
    private static final long LATE_MILLIS = 2_000;

    /** So long after its SUBACK a client has what is retained, while nothing is disturbed. */
    static final long LOOK_MILLIS = 500;

    private final World world;
    private final Ledger ledger;
    private final List<SimClient> clients;

    /** What was found already: connections whose wills came too early, or that missed a message. */
    private final Set<String> told = new HashSet<>();

    /** Messages below are judged as far as transient subscribers go. */
    private int judged;

    Promises(World world, Ledger ledger, List<SimClient> clients) {
        this.world = world;
        this.ledger = ledger;
        this.clients = clients;
    }

    void checkNow() {
        inQuietTimes();
        clients.stream().filter(SimClient::hasLooked).forEach(this::looked);
        living();
    }

    /** Who is connected has no will published, a while after all nodes know each other. */
    private void living() {
        if (!world.isSteadySince(world.now() - LATE_MILLIS)) {
            return;
        }
        for (SimClient client : clients) {
            String name = String.valueOf(client.connection());
            Long published = client.isIn() ? ledger.willMillis.get(name) : null;
            if (published != null && published < world.now() - LATE_MILLIS && told.add(name)) {
                world.bad("P7: the will of " + name + " came, and it is connected");
            }
        }
    }

    /** Transient subscribers: what came then has come to them by now. */
    private void inQuietTimes() {
        while (judged < ledger.sent.size()) {
            Ledger.Sent message = ledger.sent.get(judged);
            if (message.sentMillis > world.now() - LATE_MILLIS) {
                return;
            }
            judged++;
            if (world.quietSince < message.sentMillis - LATE_MILLIS) {
                clients.stream()
                        .filter(client -> !client.durable && client.filter != null)
                        .filter(client -> !client.takesRetained())
                        .forEach(client -> quietly(client, message));
            }
        }
    }

    private void quietly(SimClient client, Ledger.Sent message) {
        boolean owed =
                client.isSubscribed()
                        && client.subscribedFrom <= message.number
                        && !client.filter.startsWith("$share")
                        && matches(client.filter, message.topic)
                        && (message.isAccepted() || message.qos == QoS.AT_MOST_ONCE);
        if (owed && message.isAccepted() && !client.book.got.containsKey(message.number)) {
            world.bad("P3: in quiet times " + client + " did not get " + message);
        }
    }

    /** Who subscribes while a message is being published has it live or retained. */
    private void looked(SimClient client) {
        if (world.quietSince > client.connectedMillis()) {
            return;
        }
        for (Ledger.Sent message : ledger.newestRetained(world.now() - LOOK_MILLIS)) {
            Integer seen = client.book.newestRetained.get(message.topic);
            if ((seen == null || mustReplace(message, ledger.sent.get(seen)))
                    && told.add(client.connection() + "/" + message.number)) {
                world.bad("P6: " + client.connection() + " saw " + seen + " and not " + message);
            }
        }
    }

    void checkAtEnd(List<SimClient> witnesses) {
        Map<String, List<SimClient>> groups = new HashMap<>();
        for (SimClient client : clients) {
            if (client.filter == null || client.filter.startsWith("w/")) {
                continue;
            }
            if (client.filter.startsWith("$share")) {
                if (client.durable) {
                    groups.computeIfAbsent(client.filter, _ -> new ArrayList<>()).add(client);
                }
            } else if (client.durable) {
                durable(client);
            }
        }
        groups.forEach(this::shared);
        wills();
        retained(witnesses);
        connections();
    }

    private void durable(SimClient client) {
        int missing = 0;
        for (Ledger.Sent message : ledger.sent) {
            if (message.isAccepted()
                    && message.number >= client.subscribedFrom
                    && matches(client.filter, message.topic)
                    && !client.book.got.containsKey(message.number)) {
                if (missing++ < 3) {
                    world.bad("P1: " + client + " did not get " + message);
                }
            }
        }
    }

    private void shared(String filter, List<SimClient> members) {
        int from = members.stream().mapToInt(each -> each.subscribedFrom).max().orElseThrow();
        String pattern = filter.substring(filter.indexOf('/', "$share/".length()) + 1);
        int missing = 0;
        for (Ledger.Sent message : ledger.sent) {
            if (message.number < from || !matches(pattern, message.topic)) {
                continue;
            }
            int times =
                    members.stream()
                            .mapToInt(each -> each.book.got.getOrDefault(message.number, 0))
                            .sum();
            if (times == 0 && message.isAccepted() && missing++ < 3) {
                world.bad("P1: nobody of " + filter + " got " + message);
            }
        }
    }

    private void wills() {
        SimClient watcher =
                clients.stream()
                        .filter(each -> "w/#".equals(each.filter))
                        .findFirst()
                        .orElseThrow();
        ledger.wills.forEach(
                (name, fate) -> {
                    int times = watcher.book.gotWills.getOrDefault(name, 0);
                    if (times > 1) {
                        world.bad("P7: the will of " + name + " came " + times + " times");
                    }
                    if (fate == Ledger.WillFate.DUE && times == 0) {
                        world.bad("P7: the will of " + name + " did not come");
                    }
                    if (fate == Ledger.WillFate.DROPPED && times > 0) {
                        world.bad("P7: the will of " + name + " came after a goodbye");
                    }
                });
    }

    private void retained(List<SimClient> witnesses) {
        Map<String, String> first = witnesses.getFirst().book.gotRetained;
        for (SimClient witness : witnesses) {
            if (!witness.book.gotRetained.equals(first)) {
                world.bad(
                        "P6: retained messages differ: "
                                + first
                                + " and "
                                + witness.book.gotRetained);
            }
        }
        Map<String, Ledger.Sent> passedOver = new LinkedHashMap<>();
        for (Ledger.Sent message : ledger.sent) {
            if (message.retain && message.isAccepted()) {
                String there = first.get(message.topic);
                if (there == null
                        || mustReplace(message, ledger.sent.get(Integer.parseInt(there)))) {
                    passedOver.put(message.topic, message);
                }
            }
        }
        passedOver.forEach(
                (topic, message) ->
                        world.bad(
                                "P6: retained is "
                                        + first.get(topic)
                                        + ", accepted last was "
                                        + message));
    }

    /**
     * Messages of one publisher to one topic are in order at each QoS [MQTT-4.6.0-5]. There is none
     * between two of different QoS that are under way at once: one of QoS 2 may be handed on as
     * late as its PUBREL comes (4.3.3, method A). But what was sent after the other was answered is
     * newer at any QoS.
     */
    private static boolean mustReplace(Ledger.Sent message, Ledger.Sent there) {
        return message.number > there.number
                && (message.qos == there.qos || there.isOverBefore(message));
    }

    private void connections() {
        Map<String, Conn> open = new HashMap<>();
        for (Conn conn : world.conns) {
            if (conn.isOpenAtServer()) {
                String id = conn.name.substring(0, conn.name.indexOf('#'));
                Conn other = open.put(id, conn);
                if (other != null) {
                    world.bad("P2: both are connected: " + other + " and " + conn);
                }
            }
        }
    }

    /** As far as the filters of these clients go. */
    private static boolean matches(String filter, String topic) {
        if (filter.endsWith("/#")) {
            return topic.startsWith(filter.substring(0, filter.length() - 1));
        }
        if (filter.startsWith("+/")) {
            return topic.substring(topic.indexOf('/')).equals(filter.substring(1));
        }
        return topic.equals(filter);
    }
}
