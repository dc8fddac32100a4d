package io.carillon.net.listen;

import io.carillon.config.ListenerConfig;
import io.carillon.loop.OnEventLoop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of each channel that a listener accepts. */
@OnEventLoop
final class ChannelSetup extends ChannelInitializer<Channel> {
    private static final int REQUEST_LINE_BYTES_MAX = 4 << 10;
    private static final int REQUEST_HEADER_BYTES_MAX = 8 << 10;
    private static final int REQUEST_BODY_BYTES_MAX = 1 << 10;

    private final ListenerConfig listener;
    private final @Nullable TlsContext tls;
    private final int frameBytesMax;
    private final Admission admission;
    private final ConnectionHandlers handlers;
    private final ListenCounts counts;

    ChannelSetup(
            ListenerConfig listener,
            @Nullable TlsContext tls,
            int frameBytesMax,
            Admission admission,
            ConnectionHandlers handlers,
            ListenCounts counts) {
        this.listener = listener;
        this.tls = tls;
        this.frameBytesMax = frameBytesMax;
        this.admission = admission;
        this.handlers = handlers;
        this.counts = counts;
    }

    @Override
    protected void initChannel(Channel channel) {
        switch (admission.decide(channel)) {
            case ADMIT -> build(channel, handlers.create(listener, channel));
            case REFUSE -> build(channel, new BusyRefusal());
            case DROP -> channel.close();
        }
    }

    private void build(Channel channel, ChannelHandler top) {
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            SslHandler handler = tls.newHandler(channel.alloc());
            pipeline.addLast(handler);
            pipeline.addLast(new TlsOutcome(listener.name(), handler, counts.tlsFailures()));
        }
        if (listener.type().isWebSocket()) {
            pipeline.addLast(
                    new HttpServerCodec(
                            new HttpDecoderConfig()
                                    .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                                    .setMaxHeaderSize(REQUEST_HEADER_BYTES_MAX)));
            pipeline.addLast(new HttpObjectAggregator(REQUEST_BODY_BYTES_MAX, true));
            pipeline.addLast(
                    new WebSocketGate(listener.path(), frameBytesMax, counts.webSocketRefusals()));
        }
        pipeline.addLast(top);
    }
}
