package io.carillon.bench.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Lays TLS and WebSocket under a client, where they were asked for. Any thread. */
public final class Transport {
    /** MQTT directly on TCP. */
    public static final Transport PLAIN = new Transport(null, null);

    private final @Nullable TlsLayer tls;
    private final @Nullable WebSocketLayer webSocket;

    private Transport(@Nullable TlsLayer tls, @Nullable WebSocketLayer webSocket) {
        this.tls = tls;
        this.webSocket = webSocket;
    }

    /**
     * Reads the files that TLS needs.
     *
     * @throws TransportException if one of them is no good
     */
    public static Transport of(TransportSettings settings) throws TransportException {
        TlsSettings tls = settings.tls();
        String path = settings.webSocketPath();
        return new Transport(
                tls == null ? null : TlsLayer.of(tls),
                path == null ? null : new WebSocketLayer(tls == null ? "ws" : "wss", path));
    }

    /**
     * The handler of a new channel to that address: the client itself, or one that puts the layers
     * before it. The client's channel is active once MQTT may be written, and what it reads is
     * MQTT.
     */
    public ChannelHandler under(ChannelHandler client, InetSocketAddress to) {
        return tls == null && webSocket == null ? client : new Layers(client, to);
    }

    /** TLS handshakes so far that resumed no session; 0 without TLS. */
    public long fullHandshakes() {
        return tls == null ? 0 : tls.fullHandshakes();
    }

    /** TLS handshakes so far that resumed a session; 0 without TLS. */
    public long resumedHandshakes() {
        return tls == null ? 0 : tls.resumedHandshakes();
    }

    private final class Layers extends ChannelInitializer<Channel> {
        private final ChannelHandler client;
        private final InetSocketAddress to;

        Layers(ChannelHandler client, InetSocketAddress to) {
            this.client = client;
            this.to = to;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (tls != null) {
                channel.pipeline().addLast(tls.newHandler(channel, to));
            }
            if (webSocket != null) {
                webSocket.addTo(channel.pipeline(), to);
            }
            channel.pipeline().addLast(new Explainer(), client);
        }
    }
}
