package io.carillon.e2e.broker;

import io.carillon.e2e.client.ClientTls;
import io.carillon.e2e.client.Endpoint;
import io.carillon.e2e.client.Transport;
import io.carillon.testing.BrokerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A running broker with a listener for each transport, and one for TLS that demands a certificate.
 * It can be ended and started again on the same data; the ports are then others.
 */
public final class Broker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String CERTIFICATE_DEMANDED = "mtls";

    private final Path folder;
    private final Pki pki;
    private BrokerProcess process;

    private Broker(Path folder) {
        this.folder = folder;
        this.pki = new Pki(folder);
        this.process = BrokerProcess.launch(folder.resolve("data"), settings()).awaitReady();
    }

    /** Starts a broker that keeps its data in a folder. */
    public static Broker start(Path folder) {
        return new Broker(folder);
    }

    static Broker startInTemporaryFolder() {
        try {
            return start(Files.createTempDirectory("carillon-e2e-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The listener of a transport. */
    public Endpoint endpoint(Transport transport) {
        Optional<ClientTls> tls =
                transport.isTls() ? Optional.of(pki.withoutCertificate()) : Optional.empty();
        return new Endpoint(transport, HOST, port(name(transport)), tls);
    }

    public Endpoint tcp() {
        return endpoint(Transport.TCP);
    }

    /** The listener that demands a certificate, for a client that has one. */
    public Endpoint withClientCertificate() {
        return certificateDemanded(pki.withCertificate());
    }

    /** The same for a client that has none. */
    public Endpoint withoutClientCertificate() {
        return certificateDemanded(pki.withoutCertificate());
    }

    private Endpoint certificateDemanded(ClientTls tls) {
        int port = port(CERTIFICATE_DEMANDED);
        return new Endpoint(Transport.TLS, HOST, port, Optional.of(tls));
    }

    public Path authorityFile() {
        return pki.authorityFile();
    }

    /** Ends it by SIGTERM and starts it on the same data. */
    public void restart() {
        int status = process.terminate();
        if (status != 0) {
            throw new AssertionError("exit status " + status + ":\n" + process.output());
        }
        process = process.relaunch().awaitReady();
    }

    /** Ends it by SIGKILL and starts it on the same data. */
    public void killAndStart() {
        process.kill9();
        process = process.relaunch().awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }

    private int port(String listener) {
        return process.address(listener).getPort();
    }

    private List<String> settings() {
        List<String> settings = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            addListener(name(transport), transport, settings);
        }
        addListener(CERTIFICATE_DEMANDED, Transport.TLS, settings);
        settings.add("listeners." + CERTIFICATE_DEMANDED + ".tls.clientAuth=required");
        settings.add("listeners." + CERTIFICATE_DEMANDED + ".tls.clientCa=" + pki.authorityFile());
        return settings;
    }

    private void addListener(String name, Transport transport, List<String> settings) {
        String key = "listeners." + name + ".";
        settings.add(key + "type=" + transport.listenerType());
        settings.add(key + "bind=" + HOST + ":0");
        if (transport.isTls()) {
            settings.add(key + "tls.certificate=" + pki.certificateFile());
            settings.add(key + "tls.privateKey=" + pki.privateKeyFile());
        }
    }

    private static String name(Transport transport) {
        return transport.name().toLowerCase(Locale.ROOT);
    }
}
