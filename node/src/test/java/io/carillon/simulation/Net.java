package io.carillon.simulation;

import io.carillon.cluster.link.Frame;
import io.carillon.cluster.link.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The network between nodes: connections as TCP has them. What is sent over one arrives in order,
 * after a while; where a direction is cut it waits, and connections that stand too long break.
 */
final class Net {
    private static final int CAPACITY_BYTES = 64 << 10;
    private static final int DIAL_MILLIS_MAX = 2_000;

    private final World world;
    private final List<SimNode> nodes;
    private final boolean[][] cut;
    private final List<Pipe> pipes = new ArrayList<>();
    private boolean slow;

    Net(World world, List<SimNode> nodes, int count) {
        this.world = world;
        this.nodes = nodes;
        this.cut = new boolean[count][count];
    }

    static InetSocketAddress address(int node) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) node}), 1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    Wire.Dialer dialer(SimNode from) {
        int boot = from.boot();
        return (address, listener) -> {
            Pipe pipe = new Pipe(from, boot, address.getAddress().getAddress()[3], listener);
            pipes.add(pipe);
            return pipe.dialled;
        };
    }

    void cut(int from, int to) {
        cut[from][to] = true;
    }

    void slow(boolean isSlow) {
        slow = isSlow;
    }

    void heal() {
        for (boolean[] row : cut) {
            Arrays.fill(row, false);
        }
        slow = false;
    }

    boolean isWhole() {
        for (boolean[] row : cut) {
            for (boolean each : row) {
                if (each) {
                    return false;
                }
            }
        }
        return !slow;
    }

    boolean connects(int one, int other) {
        return !cut[one][other] && !cut[other][one];
    }

    /** Breaks all connections between two nodes; both ends are told. */
    void breakAll(int one, int other) {
        for (Pipe pipe : List.copyOf(pipes)) {
            if (pipe.from.number == one && pipe.to == other
                    || pipe.from.number == other && pipe.to == one) {
                pipe.breaks("cut");
            }
        }
    }

    /** The process is gone, and its host tells so, mostly. */
    void dead(SimNode node, int boot) {
        for (Pipe pipe : List.copyOf(pipes)) {
            End mine =
                    pipe.dialled.isOf(node, boot)
                            ? pipe.dialled
                            : pipe.accepted.isOf(node, boot) ? pipe.accepted : null;
            if (mine != null) {
                mine.closed = true;
                End other = mine.other();
                if (connects(pipe.from.number, pipe.to)) {
                    world.in(world.upTo(20), () -> other.broken("the process is gone"));
                }
            }
        }
    }

    /** Moves what has arrived by now. */
    void run() {
        for (int i = 0; i < pipes.size(); i++) {
            pipes.get(i).move();
        }
        pipes.removeIf(pipe -> pipe.dialled.closed && pipe.accepted.closed);
    }

    private long delayMillis() {
        if (slow && world.chance(20)) {
            return world.upTo(600);
        }
        return world.chance(2) ? world.upTo(60) : world.upTo(3);
    }

    /** One connection. */
    private final class Pipe {
        private final SimNode from;
        private final int to;
        private final End dialled;
        private final End accepted;
        private final long dialledMillis = world.now();
        private final long connectsMillis = world.now() + 1 + delayMillis();
        private boolean connected;

        Pipe(SimNode from, int boot, int to, Wire.Listener listener) {
            this.from = from;
            this.to = to;
            this.dialled = new End(this, from, boot);
            this.accepted = new End(this, null, 0);
            dialled.listener = listener;
        }

        void breaks(String reason) {
            dialled.broken(reason);
            accepted.broken(reason);
            if (!connected) {
                accepted.closed = true;
            }
        }

        void move() {
            if (!connected) {
                connect();
                return;
            }
            dialled.move();
            accepted.move();
        }

        private void connect() {
            if (dialled.closed || !connects(from.number, to)) {
                if (dialled.closed || world.now() - dialledMillis > DIAL_MILLIS_MAX) {
                    breaks("no connection in time");
                }
                return;
            }
            if (world.now() < connectsMillis) {
                return;
            }
            SimNode target = nodes.get(to);
            connected = true;
            if (!target.isUp()) {
                breaks("nobody is there");
                accepted.closed = true;
                return;
            }
            accepted.owner = target;
            accepted.boot = target.boot();
            target.loop()
                    .execute(() -> accepted.listener = target.running().links.accept(accepted));
        }
    }

    /** One end of a connection. */
    private final class End implements Wire {
        private final Pipe pipe;
        private @Nullable SimNode owner;
        private int boot;
        private Wire.@Nullable Listener listener;
        private final ArrayDeque<Arriving> arriving = new ArrayDeque<>();
        private int arrivingBytes;
        private int credit;
        private long lastMillis;
        private boolean toldNotReady;
        private boolean ended;
        private boolean closed;

        private record Arriving(long atMillis, byte[] bytes) {}

        End(Pipe pipe, @Nullable SimNode owner, int boot) {
            this.pipe = pipe;
            this.owner = owner;
            this.boot = boot;
        }

        boolean isOf(SimNode node, int itsBoot) {
            return node.equals(owner) && boot == itsBoot;
        }

        End other() {
            return this == pipe.dialled ? pipe.accepted : pipe.dialled;
        }

        @Override
        public boolean isReady() {
            boolean ready = !closed && other().arrivingBytes < CAPACITY_BYTES;
            toldNotReady |= !ready;
            return ready;
        }

        @Override
        public void send(Frame frame) {
            End other = other();
            if (closed || other.closed) {
                return;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                frame.writeTo(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            other.lastMillis = Math.max(other.lastMillis, world.now() + delayMillis());
            other.arriving.add(new Arriving(other.lastMillis, bytes.toByteArray()));
            other.arrivingBytes += bytes.size();
            world.trace(Arrays.hashCode(bytes.toByteArray()));
        }

        @Override
        public void request() {
            credit++;
        }

        @Override
        public void close(@Nullable Frame last) {
            if (last != null) {
                send(last);
            }
            closed = true;
            listener = null;
            End other = other();
            if (last != null) {
                other.ended = true;
            } else {
                world.in(
                        1 + world.upTo(5),
                        () -> {
                            if (connects(pipe.from.number, pipe.to)) {
                                other.broken("the other end has closed");
                            }
                        });
            }
            if (!pipe.connected) {
                other.closed = true;
            }
        }

        @Override
        public String remote() {
            return "node " + (this == pipe.dialled ? pipe.to : pipe.from.number);
        }

        void broken(String reason) {
            if (closed) {
                return;
            }
            arriving.clear();
            tell(to -> to.closed(reason), true);
            closed = true;
        }

        private boolean isCut() {
            return this == pipe.dialled
                    ? cut[pipe.to][pipe.from.number]
                    : cut[pipe.from.number][pipe.to];
        }

        void move() {
            SimNode node = owner;
            while (!closed
                    && node != null
                    && listener != null
                    && node.isUp(boot)
                    && !node.isPaused()
                    && !isCut()) {
                Arriving next = arriving.peek();
                if (next == null) {
                    if (ended) {
                        broken("the other end has closed");
                    }
                    return;
                }
                if (credit == 0 || next.atMillis() > world.now()) {
                    return;
                }
                credit--;
                arriving.remove();
                arrivingBytes -= next.bytes().length;
                tell(to -> to.received(ByteBuffer.wrap(next.bytes())), false);
                End other = other();
                if (other.toldNotReady && arrivingBytes < CAPACITY_BYTES) {
                    other.toldNotReady = false;
                    other.tell(Wire.Listener::ready, false);
                }
            }
        }

        private void tell(Consumer<Wire.Listener> what, boolean last) {
            Wire.Listener to = listener;
            SimNode node = owner;
            if (to == null || node == null || !node.isUp(boot)) {
                return;
            }
            node.loop()
                    .execute(
                            () -> {
                                if (listener != null) { // not closed since
                                    if (last) {
                                        listener = null;
                                    }
                                    what.accept(to);
                                }
                            });
        }
    }
}
