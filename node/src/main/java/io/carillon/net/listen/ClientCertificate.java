package io.carillon.net.listen;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The certificate by which a channel's client proved itself in the TLS handshake: an authority that
 * the listener trusts signed it, and the client has its key.
 */
public final class ClientCertificate {
    private static final AttributeKey<X509Certificate> KEY =
            AttributeKey.valueOf(ClientCertificate.class, "KEY");

    private ClientCertificate() {}

    /** The certificate; null without TLS, before its handshake, and if the client has none. */
    public static @Nullable X509Certificate of(Channel channel) {
        // Asking for an attribute makes it: only where there is one.
        return channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
    }

    static void keep(Channel channel, X509Certificate certificate) {
        channel.attr(KEY).set(certificate);
    }
}
