package io.carillon.cluster.link;

import io.carillon.loop.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A network in one thread: what is sent arrives when the test lets time pass, each connection in
 * its order, until it is cut. With a seed it takes its time and connections overtake each other.
 */
final class SimNet {
    static final int CAPACITY_BYTES = 4_096;

    final ManualClock clock = new ManualClock(0);
    final TreeMap<Integer, SimNode> nodes = new TreeMap<>();
    final List<Pipe> pipes = new ArrayList<>();
    final List<SimNode> all = new ArrayList<>();
    private final @Nullable Random random;
    int dials;

    /** Everything arrives within the same millisecond. */
    SimNet() {
        this.random = null;
    }

    SimNet(Random random) {
        this.random = random;
    }

    static InetSocketAddress address(int number) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) number}), 1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who is reached at that address from now on; what was there is dead. */
    void place(int number, SimNode node) {
        SimNode former = nodes.put(number, node);
        if (former != null) {
            former.dead = true;
        }
        all.add(node);
    }

    Wire.Dialer dialer(SimNode from) {
        return (address, listener) -> {
            Pipe pipe = new Pipe(from, address.getAddress().getAddress()[3], listener);
            pipes.add(pipe);
            dials++;
            return pipe.dialled;
        };
    }

    void run(long millis) {
        for (long end = clock.millis() + millis; clock.millis() < end; ) {
            settle();
            clock.advanceMillis(1);
        }
        settle();
    }

    /** Runs what can happen at this time. */
    void settle() {
        boolean moved = true;
        while (moved) {
            runLoops();
            moved = false;
            for (Pipe pipe : List.copyOf(pipes)) {
                moved |= pipe.move();
            }
        }
        pipes.removeIf(pipe -> pipe.dialled.closed && pipe.accepted.closed);
    }

    private void runLoops() {
        all.removeIf(node -> node.dead);
        for (SimNode node : all) {
            node.loop.runUntilIdle();
        }
    }

    /** One connection. */
    final class Pipe {
        final End dialled;
        final End accepted;
        private final int target;
        private boolean connected;

        /** Nothing arrives, and nobody is told. */
        boolean hangs;

        Pipe(SimNode from, int target, Wire.Listener listener) {
            this.target = target;
            dialled = new End(from, this);
            accepted = new End(null, this);
            dialled.listener = listener;
            dialled.other = accepted;
            accepted.other = dialled;
        }

        /** Breaks it; both ends are told, what is on its way is lost. */
        void cut() {
            dialled.broken("cut");
            accepted.broken("cut");
        }

        private boolean move() {
            if (hangs || (random != null && random.nextInt(3) == 0)) {
                return false;
            }
            if (!connected) {
                connected = true;
                connect();
                return true;
            }
            return dialled.move() | accepted.move();
        }

        private void connect() {
            SimNode to = nodes.get(target);
            if (to == null || to.refusesConnections) {
                dialled.broken("nobody is there");
                accepted.closed = true;
                return;
            }
            accepted.owner = to;
            to.loop.execute(() -> accepted.listener = to.links.accept(accepted));
        }
    }

    /** One end of a connection. */
    static final class End implements Wire {
        private final Pipe pipe;
        private @Nullable SimNode owner;
        private Wire.@Nullable Listener listener;
        private @Nullable End other;
        private final ArrayDeque<byte[]> arriving = new ArrayDeque<>();
        private int arrivingBytes;
        private int credit;
        private boolean toldNotReady;
        private boolean ended;
        boolean closed;

        End(@Nullable SimNode owner, Pipe pipe) {
            this.owner = owner;
            this.pipe = pipe;
        }

        @Override
        public boolean isReady() {
            boolean ready = !closed && other.arrivingBytes < CAPACITY_BYTES;
            toldNotReady |= !ready;
            return ready;
        }

        @Override
        public void send(Frame frame) {
            if (closed || other.closed) {
                return;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                frame.writeTo(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (bytes.size() != frame.lengthBytes()) {
                throw new IllegalStateException("a frame of another length than it says");
            }
            other.arriving.add(bytes.toByteArray());
            other.arrivingBytes += bytes.size();
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
            if (last == null) {
                other.broken("the other end has closed");
            } else {
                other.ended = true;
            }
        }

        @Override
        public String remote() {
            return "somebody";
        }

        void broken(String reason) {
            if (closed) {
                return;
            }
            closed = true;
            arriving.clear();
            tell(to -> to.closed(reason));
        }

        private boolean move() {
            if (closed || owner == null || listener == null || owner.dead) {
                return false;
            }
            if (arriving.isEmpty()) {
                if (ended) {
                    broken("the other end has closed");
                }
                return false;
            }
            if (credit == 0) {
                return false;
            }
            credit--;
            byte[] frame = arriving.remove();
            arrivingBytes -= frame.length;
            tell(to -> to.received(ByteBuffer.wrap(frame)));
            if (other.toldNotReady && arrivingBytes < CAPACITY_BYTES) {
                other.toldNotReady = false;
                other.tell(Wire.Listener::ready);
            }
            return true;
        }

        private void tell(java.util.function.Consumer<Wire.Listener> what) {
            Wire.Listener to = listener;
            if (to != null && owner != null && !owner.dead) {
                owner.loop.execute(
                        () -> {
                            if (listener != null) { // not closed since
                                what.accept(to);
                            }
                        });
            }
        }
    }
}
