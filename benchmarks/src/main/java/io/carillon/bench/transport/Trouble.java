package io.carillon.bench.transport;

import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Puts into words what goes wrong below MQTT, and what to look at. */
final class Trouble {
    private Trouble() {}

    static TransportException explained(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof TransportException already) {
                return already;
            }
        }
        return new TransportException(words(cause), cause);
    }

    /** The last of the causes, which mostly says most. */
    static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String words(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            switch (each) {
                case CertificateException _ -> {
                    return "the broker's certificate is refused: "
                            + root(each).getMessage()
                            + "; --ca FILE names whom to trust, --insecure trusts anyone";
                }
                case NotSslRecordException _ -> {
                    return "the broker does not answer in TLS: does that port speak it?";
                }
                case SslHandshakeTimeoutException _ -> {
                    return "the TLS handshake took too long: " + each.getMessage();
                }
                case WebSocketClientHandshakeException refusal -> {
                    return webSocket(refusal);
                }
                default -> {}
            }
        }
        Throwable root = root(cause);
        return switch (root) {
            case ClosedChannelException _ ->
                    "the broker closed the connection during the TLS handshake:"
                            + " does that port speak TLS?";
            case SSLException tls -> tls(String.valueOf(tls.getMessage()));
            default -> root.toString();
        };
    }

    private static String webSocket(WebSocketClientHandshakeException refusal) {
        return refusal.response() == null
                ? "no WebSocket came about: " + refusal.getMessage()
                : "the broker opens no WebSocket, it answers "
                        + refusal.response().status()
                        + "; --ws-path gives the path of its listener";
    }

    private static String tls(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("closed")) {
            return "the broker closed the connection during the TLS handshake:"
                    + " does that port speak TLS?";
        }
        if (lower.contains("alert") && lower.contains("certificate")) {
            return "the broker wants another certificate of the client: "
                    + message
                    + "; --cert and --key give one";
        }
        if (lower.contains("version")) {
            return "no common TLS version: " + message + "; --tls-version takes another";
        }
        return "TLS failed: " + message;
    }
}
