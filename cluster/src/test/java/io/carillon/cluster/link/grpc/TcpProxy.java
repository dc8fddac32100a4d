package io.carillon.cluster.link.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stretch of network that can be cut, and made to swallow everything without a word. */
final class TcpProxy implements AutoCloseable {
    private final InetSocketAddress target;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean swallows;

    TcpProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        return GrpcNode.local(server.getLocalPort());
    }

    /** Breaks all connections; new ones are possible at once. */
    void cut() throws IOException {
        for (Socket each : sockets) {
            sockets.remove(each);
            try {
                each.setSoLinger(true, 0); // a reset, with what is on its way lost
            } catch (SocketException e) {
                // closed by its other end
            }
            each.close();
        }
    }

    /** What comes is thrown away from now on, or passed on again. */
    void swallow(boolean now) {
        swallows = now;
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = server.accept();
                Socket far = new Socket(target.getAddress(), target.getPort());
                sockets.add(near);
                sockets.add(far);
                Thread.ofVirtual().start(() -> pump(near, far));
                Thread.ofVirtual().start(() -> pump(far, near));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] bytes = new byte[16 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read;
            while ((read = in.read(bytes)) >= 0) {
                if (!swallows) {
                    out.write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            // cut
        }
    }
}
