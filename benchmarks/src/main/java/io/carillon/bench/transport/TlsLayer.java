package io.carillon.bench.transport;

import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLException;

/** TLS under all clients, by BoringSSL where it loads, else by Java's own engine. Any thread. */
final class TlsLayer {
    private static final int HANDSHAKE_TIMEOUT_SECONDS = 30;
    private static final int SESSIONS_MAX = 20_000;

    private final SslContext context;
    private final CountingTrust trust;
    private final boolean resume;
    private final AtomicInteger fresh = new AtomicInteger();
    private final LongAdder handshakes = new LongAdder();

    private TlsLayer(SslContext context, CountingTrust trust, boolean resume) {
        this.context = context;
        this.trust = trust;
        this.resume = resume;
    }

    static TlsLayer of(TlsSettings settings) throws TransportException {
        CountingTrust trust = new CountingTrust(Trust.of(settings));
        SslContextBuilder builder =
                SslContextBuilder.forClient()
                        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                        .protocols(settings.protocol())
                        .trustManager(trust)
                        .sessionCacheSize(settings.resume() ? SESSIONS_MAX : 1)
                        .endpointIdentificationAlgorithm(settings.insecure() ? "" : "HTTPS");
        if (OpenSsl.isAvailable()) {
            builder.option(OpenSslContextOption.GROUPS, settings.groups().toArray(String[]::new));
        }
        Path certificate = settings.certificate();
        Path key = settings.key();
        try {
            if (certificate != null && key != null) {
                builder.keyManager(certificate.toFile(), key.toFile());
            }
        } catch (IllegalArgumentException e) {
            throw new TransportException(
                    "%s and %s are no certificate with its key: %s. The key is to be PKCS #8 as PEM"
                                    .formatted(certificate, key, Trouble.root(e).getMessage())
                            + " without a password: openssl pkcs8 -topk8 -nocrypt makes it so",
                    e);
        }
        try {
            SslContext context = builder.build();
            if (!settings.resume()
                    && context.sessionContext() instanceof OpenSslSessionContext sessions) {
                sessions.setSessionCacheEnabled(false);
            }
            return new TlsLayer(context, trust, settings.resume());
        } catch (SSLException | IllegalArgumentException e) {
            throw new TransportException("TLS cannot be set up: " + Trouble.root(e), e);
        }
    }

    SslHandler newHandler(Channel channel, InetSocketAddress to) {
        // The port is only a key to the sessions; Java's own engine knows no other way to miss
        // them.
        int key = resume ? to.getPort() : fresh.incrementAndGet();
        SslHandler handler = context.newHandler(channel.alloc(), to.getHostString(), key);
        handler.setHandshakeTimeout(HANDSHAKE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        handler.handshakeFuture()
                .addListener(
                        done -> {
                            if (done.isSuccess()) {
                                handshakes.increment();
                            }
                        });
        return handler;
    }

    long fullHandshakes() {
        return trust.asked();
    }

    long resumedHandshakes() {
        return Math.max(0, handshakes.sum() - trust.asked());
    }
}
