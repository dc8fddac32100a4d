package io.carillon.cluster.link.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.cluster.DiskId;
import io.carillon.cluster.Incarnation;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.link.Batch;
import io.carillon.cluster.link.Kept;
import io.carillon.cluster.link.LinkIdentity;
import io.carillon.cluster.link.LinkSettings;
import io.carillon.cluster.link.Message;
import io.carillon.cluster.link.PeerHandler;
import io.carillon.cluster.link.PeerLink;
import io.carillon.cluster.link.PeerListener;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A node over real connections, on a free port of this machine. */
final class GrpcNode implements PeerHandler, PeerListener, AutoCloseable {
    static final int WAIT_SECONDS = 30;

    /** Who hangs is noticed after 2 s. */
    static final LinkSettings QUICK =
            new LinkSettings(
                    4L << 20, 1L << 20, 1L << 20, 2 << 20, 256L << 10, 1_000, 2_000, 20, 200);

    final String name;
    final GrpcLinks grpc;
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    /** Bodies that are a number. */
    final BlockingQueue<Integer> numbers = new LinkedBlockingQueue<>();

    final AtomicInteger returned = new AtomicInteger();
    final ConcurrentLinkedQueue<Batch> undone = new ConcurrentLinkedQueue<>();
    volatile boolean slow;

    GrpcNode(String name, int port, LinkIdentity identity, Optional<LinkTls> tls)
            throws LinkException {
        this.name = name;
        this.grpc = GrpcLinks.start(local(port), tls, identity, QUICK, this, this);
    }

    static GrpcNode start(String name) throws LinkException {
        return start(name, 1);
    }

    static GrpcNode start(String name, long boot) throws LinkException {
        return new GrpcNode(name, 0, identity(name, "test", boot), Optional.empty());
    }

    static LinkIdentity identity(String name, String cluster, long boot) {
        return new LinkIdentity(
                new NodeId(name),
                cluster,
                16,
                new Incarnation(new DiskId(0, name.hashCode()), boot, boot));
    }

    static InetSocketAddress local(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    PeerLink to(GrpcNode peer) {
        return to(peer.name, peer.grpc.address());
    }

    PeerLink to(String peer, InetSocketAddress address) {
        return grpc.links().connect(new NodeId(peer), address);
    }

    void expect(String event) throws InterruptedException {
        assertEquals(event, events.poll(WAIT_SECONDS, TimeUnit.SECONDS));
    }

    void expectNumbers(int from, int to) throws InterruptedException {
        for (int i = from; i < to; i++) {
            assertEquals(i, numbers.poll(WAIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    void doneWithAll() {
        Batch next;
        while ((next = undone.poll()) != null) {
            next.done();
        }
    }

    @Override
    public void received(Batch batch) {
        for (Message each : batch.messages()) {
            switch (each) {
                case Message.Told told -> numbers.add(told.body().getInt());
                case Message.Asked asked -> {
                    byte[] body = new byte[asked.body().remaining()];
                    asked.body().get(body);
                    asked.answer(body);
                }
            }
        }
        if (slow) {
            undone.add(batch);
        } else {
            batch.done();
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
        returned.addAndGet(messages.size());
        events.add("returned " + peer);
    }

    @Override
    public void close() {
        grpc.close();
    }
}
