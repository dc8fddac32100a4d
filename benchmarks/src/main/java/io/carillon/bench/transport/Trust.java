package io.carillon.bench.transport;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides which brokers are trusted. */
final class Trust {
    private Trust() {}

    static X509ExtendedTrustManager of(TlsSettings settings) throws TransportException {
        if (settings.insecure()) {
            return extended(InsecureTrustManagerFactory.INSTANCE);
        }
        Path ca = settings.ca();
        try {
            KeyStore trusted = ca == null ? null : store(ca);
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return extended(factory);
        } catch (IOException | GeneralSecurityException e) {
            throw new TransportException(whatIsWrong(ca) + Trouble.root(e), e);
        }
    }

    private static String whatIsWrong(@Nullable Path ca) {
        return ca == null ? "Java's trusted certificates: " : "--ca " + ca + ": ";
    }

    private static KeyStore store(Path ca)
            throws IOException, GeneralSecurityException, TransportException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        Collection<? extends Certificate> certificates;
        try (InputStream in = Files.newInputStream(ca)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
        if (certificates.isEmpty()) {
            throw new TransportException("--ca " + ca + " holds no certificate as PEM");
        }
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        return store;
    }

    private static X509ExtendedTrustManager extended(TrustManagerFactory factory) {
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new IllegalStateException("no trust manager for X.509 with this Java");
    }
}
