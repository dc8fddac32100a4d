package io.carillon.net.listen;

import io.carillon.config.TlsConfig;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a listener proves itself with, and whom it trusts: read from files and checked.
 *
 * @param chain the server's certificate first, then those between it and its authority
 * @param clientCas the authorities of client certificates; empty if none are asked for
 */
record TlsMaterial(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientCas) {

    /**
     * Reads the files.
     *
     * @throws TlsException if one cannot be read or the key is not that of the certificate
     */
    static TlsMaterial read(TlsConfig files) throws TlsException {
        List<X509Certificate> chain = certificates(files.certificate());
        PrivateKey key =
                PrivateKeys.read(PemFile.read(files.privateKey()), files.privateKeyPassword());
        if (!belongs(key, chain.getFirst())) {
            throw new TlsException(
                    "the key in "
                            + files.privateKey()
                            + " is not that of the first certificate in "
                            + files.certificate()
                            + " ("
                            + chain.getFirst().getSubjectX500Principal()
                            + "); the server's own certificate comes first, then its chain");
        }
        Optional<Path> clientCa = files.clientCa();
        return new TlsMaterial(
                key, chain, clientCa.isPresent() ? certificates(clientCa.get()) : List.of());
    }

    /** What whoever runs the broker should know: a certificate that is not valid now. */
    List<String> warnings(Instant now) {
        List<String> warnings = new ArrayList<>();
        for (X509Certificate each : chain) {
            warnUnlessValid("the certificate of ", each, now, warnings);
        }
        for (X509Certificate each : clientCas) {
            warnUnlessValid("the client authority ", each, now, warnings);
        }
        return warnings;
    }

    /** When the server's certificate ends. */
    Instant expiry() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    private static void warnUnlessValid(
            String what, X509Certificate certificate, Instant now, List<String> warnings) {
        String subject = what + certificate.getSubjectX500Principal();
        if (certificate.getNotAfter().toInstant().isBefore(now)) {
            warnings.add(
                    subject
                            + " expired at "
                            + certificate.getNotAfter().toInstant()
                            + "; clients that check it will not connect. Renew it");
        } else if (certificate.getNotBefore().toInstant().isAfter(now)) {
            warnings.add(
                    subject
                            + " is not valid before "
                            + certificate.getNotBefore().toInstant()
                            + "; is this machine's clock right?");
        }
    }

    private static List<X509Certificate> certificates(Path path) throws TlsException {
        List<X509Certificate> found = new ArrayList<>();
        for (PemFile.Block block : PemFile.read(path).blocks()) {
            if (block.label().equals("CERTIFICATE")) {
                found.add(certificate(path, block.der()));
            }
        }
        if (found.isEmpty()) {
            throw new TlsException(
                    path + " holds no certificate; are certificate and key mixed up?");
        }
        return List.copyOf(found);
    }

    private static X509Certificate certificate(Path path, byte[] der) throws TlsException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new TlsException(path + " holds a damaged certificate: " + e.getMessage(), e);
        }
    }

    /** True if what the key signs is verified by the certificate. */
    private static boolean belongs(PrivateKey key, X509Certificate certificate) {
        byte[] text = certificate.getSubjectX500Principal().getEncoded();
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // keys of different kinds
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
