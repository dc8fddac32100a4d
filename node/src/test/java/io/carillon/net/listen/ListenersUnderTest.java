package io.carillon.net.listen;

import io.carillon.config.CarillonConfig;
import io.carillon.config.ConfigException;
import io.carillon.config.ConfigReader;
import io.carillon.config.MqttConfig;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Listeners as settings say, any free port each, on two loops of their own; a client gets back
 * whatever it sends.
 */
final class ListenersUnderTest implements AutoCloseable {
    /** Sends back what comes; the text {@code bye} ends the connection. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<Optional<X509Certificate>> certificates;

        Echo(BlockingQueue<Optional<X509Certificate>> certificates) {
            this.certificates = certificates;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            certificates.add(Optional.ofNullable(ClientCertificate.of(context.channel())));
            boolean bye = bytes.toString(StandardCharsets.US_ASCII).equals("bye");
            context.writeAndFlush(bytes);
            if (bye) {
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    static final int FRAME_BYTES_MAX = 64 << 10;
    private static final int SOCKET_TIMEOUT_MILLIS = 10_000;

    final BlockingQueue<Optional<X509Certificate>> certificates = new LinkedBlockingQueue<>();
    final ListenCounts counts = new ListenCounts();
    final Listeners listeners;
    private final IoLoops loops;

    private ListenersUnderTest(IoLoops loops, List<String> settings)
            throws ListenException, ConfigException {
        this.loops = loops;
        try {
            CarillonConfig config = config(settings);
            this.listeners =
                    Listeners.open(
                            config.listeners().values(),
                            limits(config.mqtt()),
                            loops,
                            (_, _) -> new Echo(certificates),
                            counts);
        } catch (ListenException | ConfigException e) {
            loops.close();
            throw e;
        }
    }

    /** Opens listeners by settings such as {@code listeners.a.type=ws}. */
    static ListenersUnderTest open(String... settings) throws ListenException, ConfigException {
        return new ListenersUnderTest(IoLoops.start(2), List.of(settings));
    }

    /** The same on the loops that systems without epoll use. */
    static ListenersUnderTest openNio(String... settings) throws ListenException, ConfigException {
        return new ListenersUnderTest(IoLoops.nio(2), List.of(settings));
    }

    private static ListenLimits limits(MqttConfig mqtt) {
        return new ListenLimits(
                mqtt.connect().connectionsMax(),
                mqtt.connect().connectTimeoutMillis(),
                FRAME_BYTES_MAX);
    }

    static CarillonConfig config(List<String> settings) throws ConfigException {
        return new ConfigReader(Map.of(), "test").read(Optional.empty(), settings).config();
    }

    /** The settings of a listener on any free port of the loopback, and more. */
    static String[] listener(String name, String type, String... more) {
        List<String> settings = new ArrayList<>();
        settings.add("listeners." + name + ".type=" + type);
        settings.add("listeners." + name + ".bind=127.0.0.1:0");
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    InetSocketAddress address(String name) {
        return listeners.bound().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow()
                .address();
    }

    /** A connection to a listener, whose reads end after ten seconds. */
    Socket connect(String name) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), address(name).getPort());
        socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
        return socket;
    }

    @Override
    public void close() {
        listeners.close();
        loops.close();
    }
}
