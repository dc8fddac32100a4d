package io.carillon.net.listen;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_KEY;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_VERSION;
import static io.netty.handler.codec.http.HttpHeaderNames.UPGRADE;

import io.carillon.loop.OnEventLoop;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads the one HTTP request of a WebSocket listener: opens the WebSocket, or answers what is wrong
 * with it and closes. No extension is agreed on, so frames come as they are.
 */
@OnEventLoop
final class WebSocketGate extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String VERSION = "13";

    /** The standard's name, and the one that clients of MQTT 3.1 ask for. */
    private static final List<String> SUB_PROTOCOLS = List.of("mqtt", "mqttv3.1");

    private final String path;
    private final WebSocketDecoderConfig frames;
    private final LongAdder refusals;

    /**
     * A gate for one connection.
     *
     * @param frameBytesMax largest frame from the client
     */
    WebSocketGate(String path, int frameBytesMax, LongAdder refusals) {
        this.path = path;
        this.refusals = refusals;
        this.frames =
                WebSocketDecoderConfig.newBuilder()
                        .maxFramePayloadLength(frameBytesMax)
                        .allowExtensions(false)
                        .withUTF8Validator(false) // text ends the connection anyway
                        .closeOnProtocolViolation(false) // WebSocketBytes does
                        .build();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(context, malformed(request.decoderResult().cause()), "the request is malformed");
        } else if (!pathOf(request.uri()).equals(path)) {
            refuse(
                    context,
                    HttpResponseStatus.NOT_FOUND,
                    "nothing is here; MQTT over WebSocket is at " + path);
        } else if (!isUpgrade(request)) {
            refuse(
                    context,
                    HttpResponseStatus.UPGRADE_REQUIRED,
                    "this is MQTT over WebSocket; connect with a WebSocket client of version 13");
        } else if (!request.headers().contains(SEC_WEBSOCKET_KEY)) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "Sec-WebSocket-Key is missing");
        } else {
            List<String> offered = offered(request);
            SUB_PROTOCOLS.stream()
                    .filter(offered::contains)
                    .findFirst()
                    .ifPresentOrElse(
                            chosen -> open(context, request, chosen),
                            () -> refuseProtocol(context));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    /** Offering {@code mqtt} is a must for clients [MQTT-6.0.0-3] [MQTT3-6.0.0-3]. */
    private void refuseProtocol(ChannelHandlerContext context) {
        refuse(
                context,
                HttpResponseStatus.BAD_REQUEST,
                "the WebSocket sub-protocol mqtt is missing; offer it in Sec-WebSocket-Protocol");
    }

    /** Answers with the chosen sub-protocol [MQTT-6.0.0-4] [MQTT3-6.0.0-4]. */
    private void open(ChannelHandlerContext context, FullHttpRequest request, String subProtocol) {
        // First: what the HTTP codec holds of bytes behind the request must not pass for MQTT.
        context.pipeline().replace(this, null, new WebSocketBytes());
        // It puts the frame codec in front, and takes the HTTP codec out once it has answered.
        new WebSocketServerHandshaker13(null, subProtocol, frames)
                .handshake(context.channel(), request);
    }

    private void refuse(ChannelHandlerContext context, HttpResponseStatus status, String text) {
        refusals.increment();
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        status,
                        Unpooled.copiedBuffer(text + "\n", StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.headers().set(CONNECTION, "close");
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers().set(UPGRADE, "websocket");
            response.headers().set(CONNECTION, "upgrade, close");
            response.headers().set(SEC_WEBSOCKET_VERSION, VERSION);
        }
        HttpUtil.setContentLength(response, response.content().readableBytes());
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static boolean isUpgrade(FullHttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.headers().containsValue(UPGRADE, "websocket", true)
                && request.headers().containsValue(CONNECTION, "upgrade", true)
                && VERSION.equals(request.headers().get(SEC_WEBSOCKET_VERSION));
    }

    private static List<String> offered(FullHttpRequest request) {
        return request.headers().getAll(SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .toList();
    }

    private static HttpResponseStatus malformed(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    private static String pathOf(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }
}
