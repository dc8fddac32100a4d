package io.carillon.cluster.link.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the two ends of a wire prove themselves: not at all, or by certificates from files. */
final class Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final FileTime ABSENT = FileTime.fromMillis(0);

    private final Optional<LinkTls> tls;
    private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager trust;
    private List<FileTime> readAt = List.of();

    /**
     * Reads the files.
     *
     * @throws LinkException if one is missing or no good
     */
    Credentials(Optional<LinkTls> tls) throws LinkException {
        this.tls = tls;
        this.trust = newTrust();
        if (tls.isPresent()) {
            readAt = times(tls.get());
            read(tls.get());
        }
    }

    ServerCredentials server() {
        return tls.isEmpty()
                ? InsecureServerCredentials.create()
                : TlsServerCredentials.newBuilder()
                        .keyManager(keys)
                        .trustManager(trust)
                        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                        .build();
    }

    ChannelCredentials channel() {
        return tls.isEmpty()
                ? InsecureChannelCredentials.create()
                : TlsChannelCredentials.newBuilder().keyManager(keys).trustManager(trust).build();
    }

    /** Reads the files again if one has changed; if the new ones are no good the old ones stay. */
    synchronized void refresh() {
        if (tls.isEmpty() || times(tls.get()).equals(readAt)) {
            return;
        }
        readAt = times(tls.get());
        try {
            read(tls.get());
            LOG.info("links to other nodes use the new files {}", tls.get());
        } catch (LinkException e) {
            LOG.error("links to other nodes keep their old certificate: {}", e.getMessage());
        }
    }

    private static AdvancedTlsX509TrustManager newTrust() throws LinkException {
        try {
            return AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(
                            AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
                    .build();
        } catch (CertificateException e) {
            throw new LinkException("this Java cannot check certificates: " + e.getMessage(), e);
        }
    }

    private void read(LinkTls files) throws LinkException {
        Path current = files.authority();
        try {
            trust.updateTrustCredentials(files.authority().toFile());
            current = files.certificate();
            keys.updateIdentityCredentials(
                    files.certificate().toFile(), files.privateKey().toFile());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new LinkException(
                    "links between nodes cannot use TLS: "
                            + (current.equals(files.authority())
                                    ? "the authority's certificate " + current
                                    : "the certificate "
                                            + current
                                            + " or its key "
                                            + files.privateKey()
                                            + " (PKCS #8, not encrypted)")
                            + " is missing or no good: "
                            + e.getMessage(),
                    e);
        }
    }

    private static List<FileTime> times(LinkTls files) {
        return List.of(
                time(files.certificate()), time(files.privateKey()), time(files.authority()));
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return ABSENT;
        }
    }
}
