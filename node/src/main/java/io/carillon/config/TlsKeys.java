package io.carillon.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys {@code listeners.NAME.tls.*}, and what must hold between them. */
final class TlsKeys {
    private static final String PREFIX = "listeners.*.tls.";

    static final Key<Path> CERTIFICATE =
            Key.optional(
                    PREFIX + "certificate",
                    Types.PATH,
                    "server.pem",
                    "PEM file of the certificate and its chain; mqtts and wss need it");

    static final Key<Path> PRIVATE_KEY =
            Key.optional(
                    PREFIX + "privateKey",
                    Types.PATH,
                    "server.key",
                    "PEM file of the certificate's private key, PKCS#8; mqtts and wss need it");

    static final Key<String> PRIVATE_KEY_PASSWORD =
            Key.secret(
                    PREFIX + "privateKeyPassword",
                    Types.text(Pattern.compile(".+"), "a password of at least one character"),
                    "Password of the private key, if it is encrypted");

    static final Key<Path> CLIENT_CA =
            Key.optional(
                    PREFIX + "clientCa",
                    Types.PATH,
                    "clients-ca.pem",
                    "PEM file of the authorities that sign clients' certificates");

    static final Key<ClientAuth> CLIENT_AUTH =
            Key.of(
                    PREFIX + "clientAuth",
                    Types.choice(ClientAuth.class),
                    "none",
                    "Client certificates: none, optional or required");

    static final Key<List<String>> PROTOCOLS =
            Key.of(
                    PREFIX + "protocols",
                    Types.list(Types.text(Pattern.compile("TLSv1\\.[23]"), "TLSv1.2 or TLSv1.3")),
                    "TLSv1.2, TLSv1.3",
                    "Versions of TLS that clients may use");

    static final Key<List<String>> CIPHERS =
            Key.optional(
                    PREFIX + "ciphers",
                    Types.list(
                            Types.text(
                                    Pattern.compile("TLS_[A-Z0-9_]+"),
                                    "a cipher suite such as TLS_AES_128_GCM_SHA256")),
                    "TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384",
                    "Cipher suites that clients may use; without it those known as safe");

    static final List<Key<?>> ALL =
            List.of(
                    CERTIFICATE,
                    PRIVATE_KEY,
                    PRIVATE_KEY_PASSWORD,
                    CLIENT_CA,
                    CLIENT_AUTH,
                    PROTOCOLS,
                    CIPHERS);

    private TlsKeys() {}

    /** The TLS of a listener of that type; empty for plain types, and where a file is missing. */
    static Optional<TlsConfig> from(
            Values values, String name, ListenerType type, Problems problems) {
        if (!type.isTls()) {
            return Optional.empty();
        }
        Optional<Path> certificate = file(CERTIFICATE, values, name, true, problems);
        Optional<Path> privateKey = file(PRIVATE_KEY, values, name, true, problems);
        ClientAuth clientAuth =
                values.find(CLIENT_AUTH, CLIENT_AUTH.path(name)).orElse(ClientAuth.NONE);
        boolean needsCa = clientAuth != ClientAuth.NONE;
        Optional<Path> clientCa = file(CLIENT_CA, values, name, needsCa, problems);
        if (certificate.isEmpty() || privateKey.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new TlsConfig(
                        certificate.get(),
                        privateKey.get(),
                        values.find(PRIVATE_KEY_PASSWORD, PRIVATE_KEY_PASSWORD.path(name)),
                        clientCa,
                        clientAuth,
                        values.find(PROTOCOLS, PROTOCOLS.path(name)).orElseThrow(),
                        values.find(CIPHERS, CIPHERS.path(name)).orElse(List.of())));
    }

    private static Optional<Path> file(
            Key<Path> key, Values values, String name, boolean needed, Problems problems) {
        String path = key.path(name);
        Optional<Path> file = values.find(key, path);
        if (file.isEmpty() && needed) {
            problems.add("listener " + name + " needs " + path + ": " + key.comment());
        }
        file.ifPresent(each -> checkReadable(path, each, values, problems));
        return file;
    }

    /** Adds a problem unless there is such a file and this process may read it. */
    static void checkReadable(String path, Path file, Values values, Problems problems) {
        if (!(Files.isRegularFile(file) && Files.isReadable(file))) {
            problems.add(
                    values.origin(path), path + ": no readable file at " + file.toAbsolutePath());
        }
    }
}
