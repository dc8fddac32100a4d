package io.carillon.simulation;

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
    private static final int MISSING_MAX = 3;

    private final World world;
    private final Ledger ledger;
    private final List<SimClient> clients;

    /** Connections whose wills came too early, and that were told of. */
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
        living();
    }

    /** Who is connected has no will published, a while after all nodes know each other. */
    private void living() {
        if (!world.isSteadySince(world.now() - LATE_MILLIS)) {
            return;
        }
        for (SimClient client : clients) {
            String name = String.valueOf(client.connection());
            LastWill will = client.isIn() ? ledger.wills.get(name) : null;
            if (will != null && will.cameBefore(world.now() - LATE_MILLIS) && told.add(name)) {
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
            if (world.isQuietSince(message.sentMillis - LATE_MILLIS)) {
                clients.stream()
                        .filter(client -> !client.profile.durable() && !client.profile.isShared())
                        .filter(client -> client.isIn() && lacks(client, message))
                        .forEach(
                                client ->
                                        world.bad(
                                                "P3: in quiet times "
                                                        + client
                                                        + " did not get "
                                                        + message));
            }
        }
    }

    private static boolean lacks(SimClient client, Ledger.Sent message) {
        return message.isAccepted()
                && message.kind != Ledger.Kind.CLEAR
                && client.subscriptions.owe(message)
                && !client.book.got.containsKey(message.number);
    }

    void checkAtEnd(List<SimClient> witnesses) {
        Map<String, List<SimClient>> groups = new LinkedHashMap<>();
        for (SimClient client : clients) {
            if (client.profile.durable() && client.profile.isShared()) {
                String filter = client.profile.wishes().getFirst().filter();
                groups.computeIfAbsent(filter, _ -> new ArrayList<>()).add(client);
            } else if (client.profile.durable()) {
                durable(client);
            }
        }
        groups.forEach(this::shared);
        wills();
        retained(witnesses);
        connections();
    }

    private void durable(SimClient client) {
        ledger.sent.stream()
                .filter(message -> lacks(client, message))
                .limit(MISSING_MAX)
                .forEach(message -> world.bad("P1: " + client + " did not get " + message));
    }

    /** Who stays a member is owed what none of the others got. */
    private void shared(String filter, List<SimClient> members) {
        ledger.sent.stream()
                .filter(
                        message ->
                                members.stream()
                                        .anyMatch(
                                                each ->
                                                        !each.profile.fickle()
                                                                && lacks(each, message)))
                .filter(
                        message ->
                                members.stream()
                                        .noneMatch(
                                                each -> each.book.got.containsKey(message.number)))
                .limit(MISSING_MAX)
                .forEach(message -> world.bad("P1: nobody of " + filter + " got " + message));
    }

    private void wills() {
        ledger.wills.forEach(
                (name, will) -> {
                    if (will.times > 1) {
                        world.bad("P7: the will of " + name + " came " + will.times + " times");
                    }
                    if (will.fate == LastWill.Fate.DUE && will.times == 0) {
                        world.bad("P7: the will of " + name + " did not come");
                    }
                    if (will.fate == LastWill.Fate.DROPPED && will.times > 0) {
                        world.bad("P7: the will of " + name + " came, and was cancelled");
                    }
                });
    }

    /** All nodes have the same, whatever filter asks for it, and it is the newest. */
    private void retained(List<SimClient> witnesses) {
        RetainedState state = new RetainedState(ledger);
        Map<String, Integer> first = witnesses.getFirst().book.gotRetained;
        for (SimClient witness : witnesses) {
            if (!witness.book.gotRetained.equals(first)) {
                world.bad(
                        "P6: retained messages differ: "
                                + first
                                + " and "
                                + witness.book.gotRetained);
            }
        }
        for (String topic : state.topics()) {
            Ledger.Sent missing = state.passedOver(topic, first.get(topic), Long.MAX_VALUE);
            if (missing != null) {
                world.bad("P6: retained is " + first.get(topic) + ", accepted last was " + missing);
            }
        }
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
}
