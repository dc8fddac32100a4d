package io.carillon.e2e.broker;

import io.carillon.e2e.client.ClientTls;
import io.carillon.e2e.client.Endpoint;
import io.carillon.e2e.client.Transport;
import io.carillon.testing.cluster.Cluster;
import io.carillon.testing.cluster.ClusterNode;
import io.carillon.testing.cluster.Host;
import io.carillon.testing.cluster.Loopback;
import io.carillon.testing.cluster.OneAtATime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running broker with a listener for each transport, and one for TLS that demands a certificate:
 * one node, or three that take turns. It can be ended and started again on the same data; most
 * ports are then others.
 */
public final class Broker implements OneAtATime.Large {
    private static final String CERTIFICATE_DEMANDED = "mtls";

    private final Pki pki;
    private final List<ClusterNode> nodes;
    private final AtomicInteger turn = new AtomicInteger();

    private Broker(Path folder, int size) {
        List<Host> hosts = Stream.generate(Loopback::host).limit(size).toList();
        pki = new Pki(folder, hosts.stream().map(Host::address).toList());
        if (size == 1) {
            Path dataDir = folder.resolve("data");
            nodes = List.of(new ClusterNode("alone", hosts.getFirst(), dataDir, settings()));
        } else {
            nodes = new Cluster(folder, hosts, settings()).nodes();
        }
        startNodes();
    }

    /** Starts a broker of one node that keeps its data in a folder. */
    public static Broker start(Path folder) {
        return new Broker(folder, 1);
    }

    static Broker startInTemporaryFolder(int nodes) {
        try {
            return new Broker(Files.createTempDirectory("carillon-e2e-"), nodes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The listener of a transport, each time that of the next node. */
    public Endpoint endpoint(Transport transport) {
        Optional<ClientTls> tls =
                transport.isTls() ? Optional.of(pki.withoutCertificate()) : Optional.empty();
        return endpoint(transport, name(transport), tls);
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
        return endpoint(Transport.TLS, CERTIFICATE_DEMANDED, Optional.of(tls));
    }

    private Endpoint endpoint(Transport transport, String listener, Optional<ClientTls> tls) {
        ClusterNode node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
        InetSocketAddress address = node.address(listener);
        return new Endpoint(transport, node.host().address(), address.getPort(), tls);
    }

    public Path authorityFile() {
        return pki.authorityFile();
    }

    /** Ends it by SIGTERM and starts it on the same data. */
    public void restart() {
        nodes.forEach(ClusterNode::terminate);
        startNodes();
    }

    /** Ends it by SIGKILL and starts it on the same data. */
    public void killAndStart() {
        nodes.forEach(node -> node.process().kill9());
        startNodes();
    }

    private void startNodes() {
        try {
            nodes.forEach(ClusterNode::launch);
            nodes.forEach(ClusterNode::awaitReady);
        } catch (Throwable e) {
            System.err.println("The broker printed last:\n" + outputs());
            close();
            throw e;
        }
    }

    @Override
    public String outputs() {
        return nodes.stream()
                .map(node -> node + ":\n" + node.output())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        nodes.forEach(ClusterNode::close);
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
        settings.add(key + "bind=" + ClusterNode.HOST + ":0");
        if (transport.isTls()) {
            settings.add(key + "tls.certificate=" + pki.certificateFile());
            settings.add(key + "tls.privateKey=" + pki.privateKeyFile());
        }
    }

    private static String name(Transport transport) {
        return transport.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return nodes.size() == 1 ? "one node" : nodes.size() + " nodes";
    }
}
