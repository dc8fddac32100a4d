package io.carillon.cluster.link;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.loop.ManualLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A node of a {@link SimNet}: remembers all that it is told. */
final class SimNode implements PeerHandler, PeerListener {
    static final LinkSettings SETTINGS =
            new LinkSettings(20_000, 5_000, 10_000, 8_000, 6_000, 10, 3_000, 50, 2_000);

    final ManualLoop loop;
    final PeerLinks links;
    final LinkIdentity identity;
    final List<String> events = new ArrayList<>();

    /** Texts of messages; a call's begins with a question mark. */
    final List<String> received = new ArrayList<>();

    final List<Integer> batchSizes = new ArrayList<>();
    final List<String> returned = new ArrayList<>();
    final ArrayDeque<Batch> undone = new ArrayDeque<>();
    final ArrayDeque<Message.Asked> asked = new ArrayDeque<>();

    /** Told before {@link #received}. */
    Consumer<Batch> tap = batch -> {};

    Consumer<String> returnedTap = text -> {};
    boolean slow;
    boolean answers = true;
    boolean refusesConnections;
    boolean dead;

    SimNode(SimNet net, int number, LinkIdentity identity, Versions versions) {
        this.identity = identity;
        this.loop = new ManualLoop("link-" + number, net.clock);
        this.links =
                new PeerLinks(
                        loop,
                        net.dialer(this),
                        identity,
                        versions,
                        SETTINGS,
                        this,
                        this,
                        new Random(number));
        net.place(number, this);
    }

    /** Node {@code nNUMBER} in its first start. */
    static SimNode start(SimNet net, int number) {
        return start(net, number, 1);
    }

    static SimNode start(SimNet net, int number, long boot) {
        return new SimNode(net, number, identity(number, boot), Versions.OURS);
    }

    static LinkIdentity identity(int number, long boot) {
        return new LinkIdentity(
                id(number), "test", 16, new Incarnation(new DiskId(0, number), boot, 31 * boot));
    }

    static NodeId id(int number) {
        return new NodeId("n" + number);
    }

    PeerLink to(int number) {
        return links.connect(id(number), SimNet.address(number));
    }

    boolean keep(int number, String text) {
        return links.link(id(number)).orElseThrow().offer(Delivery.KEPT, (byte) 1, bytes(text));
    }

    boolean toss(int number, String text) {
        return links.link(id(number)).orElseThrow().offer(Delivery.LOSSY, (byte) 1, bytes(text));
    }

    void doneWithAll() {
        loop.execute(
                () -> {
                    while (!undone.isEmpty()) {
                        undone.remove().done();
                    }
                });
    }

    @Override
    public void received(Batch batch) {
        tap.accept(batch);
        batchSizes.add(batch.messages().size());
        for (Message each : batch.messages()) {
            switch (each) {
                case Message.Told told -> received.add(text(told));
                case Message.Asked question -> {
                    received.add("?" + text(question));
                    asked.add(question);
                    if (answers) {
                        answerAll();
                    }
                }
            }
        }
        if (slow) {
            undone.add(batch);
        } else {
            batch.done();
        }
    }

    /** Echoes; what begins with "no" is refused. */
    void answerAll() {
        while (!asked.isEmpty()) {
            Message.Asked question = asked.remove();
            String text = text(question);
            if (text.startsWith("no")) {
                question.refuse("not " + text);
            } else {
                question.answer(bytes("re " + text));
            }
        }
    }

    @Override
    public void up(NodeId peer, Incarnation incarnation) {
        events.add("up " + peer + " " + incarnation.boot());
    }

    @Override
    public void down(NodeId peer, String reason) {
        events.add("down " + peer);
    }

    @Override
    public void returned(NodeId peer, List<Kept> messages) {
        events.add("returned " + peer + " " + messages.size());
        for (Kept each : messages) {
            String text = new String(each.body(), StandardCharsets.UTF_8);
            returned.add(text);
            returnedTap.accept(text);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Message message) {
        return StandardCharsets.UTF_8.decode(message.body().duplicate()).toString();
    }
}
