package io.carillon.net;

import io.netty.channel.Channel;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * What a connection knows of the listener that accepted it.
 *
 * @param name its name in the configuration
 * @param transport how bytes travel, for logs and access rules
 */
public record ListenerInfo(String name, Transport transport, ClientCertificates certificates) {

    /** How the bytes of MQTT travel. */
    public enum Transport {
        TCP,
        TLS,
        WEBSOCKET,
        SECURE_WEBSOCKET
    }

    /** Finds the certificate by which the client of a channel proved itself, once TLS is up. */
    @FunctionalInterface
    public interface ClientCertificates {
        /** No listener without TLS has any. */
        ClientCertificates NONE = _ -> null;

        @Nullable X509Certificate of(Channel channel);
    }
}
