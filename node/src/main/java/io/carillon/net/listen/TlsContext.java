package io.carillon.net.listen;

import io.carillon.config.TlsConfig;
import io.carillon.loop.AnyThread;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of one listener, by BoringSSL where it loads, else by Java's own engine. When a file of its
 * configuration changes, {@link #refresh} takes it up for new connections; if the new files are not
 * good, the old ones stay in force.
 *
 * <p>Engines and contexts of BoringSSL are counted and freed with their last user: finalizers would
 * keep each engine until the collector has found it twice. Clients resume sessions by tickets (1.3)
 * or out of the library's cache (1.2).
 */
@AnyThread
final class TlsContext implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final FileTime ABSENT = FileTime.fromMillis(0);

    private final String listener;
    private final TlsConfig config;
    private final long handshakeTimeoutMillis;
    private List<FileTime> readAt;
    private volatile SslContext context;
    private @Nullable SslContext replaced;
    private boolean closed;
    private volatile Instant expiry;

    private TlsContext(String listener, TlsConfig config, long handshakeTimeoutMillis)
            throws TlsException {
        this.listener = listener;
        this.config = config;
        this.handshakeTimeoutMillis = handshakeTimeoutMillis;
        this.readAt = times(config);
        TlsMaterial material = TlsMaterial.read(config);
        this.context = build(config, material);
        this.expiry = material.expiry();
        warn(material);
    }

    /** Reads the files; blocks on them. */
    static TlsContext of(String listener, TlsConfig config, long handshakeTimeoutMillis)
            throws ListenException {
        try {
            return new TlsContext(listener, config, handshakeTimeoutMillis);
        } catch (TlsException e) {
            throw new ListenException(
                    "listener " + listener + " cannot use TLS: " + e.getMessage());
        }
    }

    /** The library that does it, for the log. */
    static String engine() {
        return OpenSsl.isAvailable() ? OpenSsl.versionString() : "the JDK's TLS";
    }

    SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator);
        handler.setHandshakeTimeout(handshakeTimeoutMillis, TimeUnit.MILLISECONDS);
        return handler;
    }

    /** When the certificate in use ends. */
    Instant expiry() {
        return expiry;
    }

    /** Reads the files again if one has changed; blocks on them. */
    synchronized void refresh() {
        List<FileTime> times = times(config);
        if (closed || times.equals(readAt)) {
            return;
        }
        readAt = times;
        try {
            TlsMaterial material = TlsMaterial.read(config);
            SslContext fresh = build(config, material);
            // A loop may be about to use the one in force: it is let go when it is replaced twice.
            ReferenceCountUtil.release(replaced);
            replaced = context;
            context = fresh;
            expiry = material.expiry();
            LOG.info(
                    "listener {} uses a new certificate, valid until {}",
                    listener,
                    material.expiry());
            warn(material);
        } catch (TlsException e) {
            LOG.error(
                    "listener {} keeps its old certificate, the new files are no good: {}",
                    listener,
                    e.getMessage());
        }
    }

    /** Lets go of the library's memory; connections that are open keep theirs. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            ReferenceCountUtil.release(replaced);
            ReferenceCountUtil.release(context);
        }
    }

    private void warn(TlsMaterial material) {
        for (String warning : material.warnings(Instant.now())) {
            LOG.warn("listener {}: {}", listener, warning);
        }
    }

    private static SslContext build(TlsConfig config, TlsMaterial material) throws TlsException {
        SslContextBuilder builder =
                SslContextBuilder.forServer(material.key(), material.chain())
                        .sslProvider(
                                OpenSsl.isAvailable()
                                        ? SslProvider.OPENSSL_REFCNT
                                        : SslProvider.JDK)
                        .protocols(config.protocols())
                        .clientAuth(
                                switch (config.clientAuth()) {
                                    case NONE -> ClientAuth.NONE;
                                    case OPTIONAL -> ClientAuth.OPTIONAL;
                                    case REQUIRED -> ClientAuth.REQUIRE;
                                });
        if (!material.clientCas().isEmpty()) {
            builder.trustManager(material.clientCas());
        }
        if (!config.ciphers().isEmpty()) {
            builder.ciphers(config.ciphers());
        }
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsException(
                    "the TLS library refuses "
                            + config.certificate()
                            + " with protocols "
                            + config.protocols()
                            + " and ciphers "
                            + config.ciphers()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static List<FileTime> times(TlsConfig config) {
        List<Path> files = new ArrayList<>(List.of(config.certificate(), config.privateKey()));
        config.clientCa().ifPresent(files::add);
        return files.stream().map(TlsContext::time).toList();
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return ABSENT;
        }
    }
}
