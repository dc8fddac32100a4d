package io.carillon.net.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WebSocketBytesTest {

    /**
     * A client that takes not even the goodbye: the connection above hears of the end all the same.
     */
    @Test
    void whoDoesNotReadTheGoodbyeIsGoneAllTheSame() {
        AtomicInteger ended = new AtomicInteger();
        MockTicker ticker = Ticker.newMockTicker();
        EmbeddedChannel channel =
                EmbeddedChannel.builder()
                        .ticker(ticker)
                        .handlers(
                                new ChannelOutboundHandlerAdapter() {
                                    @Override
                                    public void write(
                                            ChannelHandlerContext context,
                                            Object message,
                                            ChannelPromise promise) {
                                        ReferenceCountUtil.release(message); // and is never done
                                    }
                                },
                                new WebSocketBytes(),
                                new ChannelInboundHandlerAdapter() {
                                    @Override
                                    public void channelInactive(ChannelHandlerContext context) {
                                        ended.incrementAndGet();
                                    }
                                })
                        .build();
        channel.writeInbound(new TextWebSocketFrame("not MQTT"));
        assertEquals(0, ended.get());
        ticker.advance(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
        assertEquals(1, ended.get());
    }
}
