package io.carillon.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A certificate of its own for 127.0.0.1, ECDSA on P-256, in the two forms that brokers read: PEM
 * files and a key store.
 */
final class TlsFiles {
    static final String CERTIFICATE = "server.pem";
    static final String KEY = "server.key";
    static final String KEY_STORE = "server.p12";

    /** Guards nothing: the key is for one run on this machine. */
    static final String PASSWORD = "comparison";

    private static final String ALIAS = "server";
    private static final int KEYTOOL_SECONDS = 60;

    private TlsFiles() {}

    /** Makes the three files in that folder by the JDK's keytool. */
    static void make(Path folder) throws CompareException, InterruptedException {
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(KEY_STORE));
            Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            String words =
                    "-genkeypair -alias %s -keyalg EC -groupname secp256r1 -validity 30"
                                    .formatted(ALIAS)
                            + " -dname CN=127.0.0.1 -ext san=ip:127.0.0.1 -storetype PKCS12"
                            + " -keystore %s -storepass %s".formatted(KEY_STORE, PASSWORD);
            Programs.output(folder, KEYTOOL_SECONDS, words(keytool, words));
            write(folder);
        } catch (IOException | GeneralSecurityException e) {
            throw new CompareException("the certificate for TLS cannot be made: " + e, e);
        }
    }

    private static List<String> words(Path program, String arguments) {
        return Stream.concat(Stream.of(program.toString()), Stream.of(arguments.split(" ")))
                .toList();
    }

    private static void write(Path folder) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(KEY_STORE))) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key =
                Objects.requireNonNull(store.getKey(ALIAS, PASSWORD.toCharArray())).getEncoded();
        Files.writeString(folder.resolve(KEY), pem("PRIVATE KEY", key));
        Files.writeString(
                folder.resolve(CERTIFICATE),
                pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(
                        kind,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content),
                        kind);
    }
}
