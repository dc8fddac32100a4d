package io.carillon.e2e.broker;

import io.carillon.e2e.client.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A way to a listener that can break, so that neither side says good-bye. */
public final class Link implements AutoCloseable {
    private volatile Endpoint target;
    private final ServerSocket entrance;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile boolean mute;
    private volatile CountDownLatch flow = new CountDownLatch(0);

    /** Opens a link; each connection to it becomes one to the target. */
    public Link(Endpoint target) {
        this.target = target;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getByName(target.host()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Where clients reach the target by this link. */
    public Endpoint endpoint() {
        String host = entrance.getInetAddress().getHostAddress();
        return target.at(host, entrance.getLocalPort());
    }

    /** Resets all connections; new ones may follow. */
    public void cut() {
        for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
            reset(socket);
        }
    }

    /** Leads new connections elsewhere. */
    public void redirect(Endpoint other) {
        target = other;
    }

    /** Loses from now on whatever is sent, as a cable does that is pulled. */
    public void mute() {
        mute = true;
    }

    /** Carries nothing until {@link #resume}: a client that doesn't read. */
    public void stall() {
        flow = new CountDownLatch(1);
    }

    public void resume() {
        flow.countDown();
    }

    @Override
    public void close() {
        resume();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket near = entrance.accept();
                sockets.add(near);
                Socket far = new Socket(target.host(), target.port());
                sockets.add(far);
                Thread.ofVirtual().start(() -> copy(near, far));
                Thread.ofVirtual().start(() -> copy(far, near));
            } catch (IOException e) {
                // The link is closed or the target refuses: who connects has a deadline of its own.
                cut();
            }
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] chunk = new byte[16_384];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                flow.await();
                if (!mute) {
                    out.write(chunk, 0, length);
                }
            }
        } catch (IOException | InterruptedException e) {
            reset(from);
            reset(to);
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
            return;
        }
    }
}
