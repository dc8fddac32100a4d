package io.carillon.cluster.membership;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.cluster.NodeId;
import io.carillon.loop.ThreadLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A member on a loopback address with one shared map; writes down what it is told. */
final class RealNode implements MembersListener, AutoCloseable {
    private static final long WAIT_SECONDS = 40;

    final ThreadLoop loop;
    final ClusterMember member;
    final OwnEntries own = new OwnEntries();
    final View view = new View();
    final List<String> heard = new CopyOnWriteArrayList<>();
    final SharedMap map;

    private RealNode(ThreadLoop loop, ClusterMember member, SharedMapSettings settings) {
        this.loop = loop;
        this.member = member;
        loop.execute(() -> member.members().listen(this));
        this.map = member.map("test", own, view, settings);
    }

    /** Starts a node and waits until it has joined. */
    static RealNode start(MemberSettings settings) throws JoinFailed {
        return start(settings, SharedMapSettings.DEFAULT);
    }

    static RealNode start(MemberSettings settings, SharedMapSettings bounds) throws JoinFailed {
        ThreadLoop loop = ThreadLoop.start("cluster-" + settings.card().node());
        try {
            return new RealNode(
                    loop, ClusterMember.start(settings, loop, InstantSource.system()), bounds);
        } catch (JoinFailed e) {
            loop.close();
            throw e;
        }
    }

    /** Starts all at the same time. */
    static List<RealNode> startAll(List<MemberSettings> settings, SharedMapSettings bounds) {
        List<CompletableFuture<RealNode>> starting =
                settings.stream()
                        .map(
                                each ->
                                        CompletableFuture.supplyAsync(
                                                () -> startUnchecked(each, bounds),
                                                Thread::startVirtualThread))
                        .toList();
        return starting.stream().map(CompletableFuture::join).toList();
    }

    private static RealNode startUnchecked(MemberSettings settings, SharedMapSettings bounds) {
        try {
            return start(settings, bounds);
        } catch (JoinFailed e) {
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void await(String what, BooleanSupplier condition) throws Exception {
        await(what, condition, WAIT_SECONDS);
    }

    /** For an hour at most. */
    static void awaitLong(BooleanSupplier condition) throws Exception {
        await("something", condition, 3_600);
    }

    private static void await(String what, BooleanSupplier condition, long seconds)
            throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + seconds + " s: " + what);
            }
            try {
                never.get(20, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // looks again
            }
        }
    }

    NodeId id() {
        return member.members().self();
    }

    Members members() {
        return member.members();
    }

    void put(String key, String value) {
        loop.execute(
                () -> {
                    own.entries.put(key, value);
                    map.put(key, value.getBytes(UTF_8));
                });
    }

    void remove(String key) {
        loop.execute(
                () -> {
                    own.entries.remove(key);
                    map.remove(key);
                });
    }

    <T> T on(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, loop).join();
    }

    void awaitPresent(int nodes) throws Exception {
        await(nodes + " nodes seen by " + id(), () -> members().present().size() == nodes);
    }

    void awaitHeard(String line) throws Exception {
        await(line + " heard by " + id() + ", not only " + heard, () -> heard.contains(line));
    }

    /** The keys that the cluster has of that node. */
    List<String> keysOf(NodeId owner) {
        List<String> keys = new CopyOnWriteArrayList<>();
        member.parts("test")
                .of(owner)
                .read(
                        page -> {
                            page.forEach(entry -> keys.add(entry.getKey()));
                            return CompletableFuture.completedFuture(null);
                        })
                .toCompletableFuture()
                .join();
        return keys;
    }

    /** What it heard of each node has to be: come, gone, come, gone... */
    void checkOrder() {
        Map<String, Character> last = new HashMap<>();
        for (String line : heard) {
            if (line.startsWith("+") || line.startsWith("-")) {
                Character before = last.put(line.substring(1, 7), line.charAt(0));
                char expected = before == null || before == '-' ? '+' : '-';
                assertEquals(expected, line.charAt(0), heard::toString);
            }
        }
    }

    /** As a killed process. */
    void kill() {
        member.terminate();
        loop.close();
    }

    @Override
    public void close() {
        member.leave();
        loop.close();
    }

    @Override
    public void joined(Peer peer) {
        heard.add("+" + peer.node() + " boot " + peer.incarnation().boot());
    }

    @Override
    public void left(Peer peer) {
        heard.add("-" + peer.node() + " boot " + peer.incarnation().boot());
    }

    @Override
    public void majority(boolean there) {
        heard.add(there ? "majority" : "minority");
    }

    @Override
    public void expelled(String reason) {
        heard.add("expelled: " + reason);
    }
}
