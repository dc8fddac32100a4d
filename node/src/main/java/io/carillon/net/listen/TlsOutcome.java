package io.carillon.net.listen;

import io.carillon.loop.OnEventLoop;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the end of a TLS handshake: keeps the client's certificate for its authentication, or
 * says and counts why there is no connection. Then it leaves the pipeline.
 */
@OnEventLoop
final class TlsOutcome extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(TlsOutcome.class);

    private final String listener;
    private final SslHandler tls;
    private final LongAdder failures;

    TlsOutcome(String listener, SslHandler tls, LongAdder failures) {
        this.listener = listener;
        this.tls = tls;
        this.failures = failures;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent outcome)) {
            context.fireUserEventTriggered(event);
        } else if (outcome.isSuccess()) {
            keepCertificate(context);
            context.pipeline().remove(this);
        } else {
            failures.increment();
            LOG.info(
                    "listener {} refused {}: the TLS handshake failed: {}",
                    listener,
                    context.channel().remoteAddress(),
                    reason(outcome.cause()));
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The event above tells the same with less around it.
        context.close();
    }

    private void keepCertificate(ChannelHandlerContext context) {
        try {
            Certificate[] chain = tls.engine().getSession().getPeerCertificates();
            if (chain.length > 0 && chain[0] instanceof X509Certificate client) {
                ClientCertificate.keep(context.channel(), client);
            }
        } catch (SSLPeerUnverifiedException e) {
            // The client showed none.
        }
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
