package io.carillon.bench.transport;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** WebSocket under all clients: the sub-protocol is {@code mqtt}, frames are binary. Any thread. */
final class WebSocketLayer {
    private static final int RESPONSE_BYTES_MAX = 8 << 10;

    /** MQTT's largest packet, 256 MiB, and its header. */
    private static final int FRAME_BYTES_MAX = (256 << 20) + 5;

    private static final long HANDSHAKE_TIMEOUT_MILLIS = 30_000;

    private final String scheme;
    private final String path;

    /** By address; as many as the user has named. */
    private final Map<InetSocketAddress, WebSocketClientProtocolConfig> configs =
            new ConcurrentHashMap<>();

    WebSocketLayer(String scheme, String path) {
        this.scheme = scheme;
        this.path = path;
    }

    void addTo(ChannelPipeline pipeline, InetSocketAddress to) {
        pipeline.addLast(
                new HttpClientCodec(),
                new HttpObjectAggregator(RESPONSE_BYTES_MAX),
                new WebSocketClientProtocolHandler(configs.computeIfAbsent(to, this::config)),
                new WebSocketBytes());
    }

    private WebSocketClientProtocolConfig config(InetSocketAddress to) {
        return WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(uri(to))
                .subprotocol("mqtt")
                .maxFramePayloadLength(FRAME_BYTES_MAX)
                .handleCloseFrames(false)
                .withUTF8Validator(false)
                .handshakeTimeoutMillis(HANDSHAKE_TIMEOUT_MILLIS)
                .build();
    }

    private URI uri(InetSocketAddress to) {
        try {
            return new URI(scheme, null, to.getHostString(), to.getPort(), path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
