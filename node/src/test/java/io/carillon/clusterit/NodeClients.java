package io.carillon.clusterit;

import io.carillon.e2e.broker.Names;
import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Clients;
import io.carillon.e2e.client.Endpoint;
import io.carillon.e2e.client.TestClient;
import io.carillon.e2e.client.Transport;
import io.carillon.testing.cluster.ClusterNode;
import java.util.Optional;

/** The clients of one test, each at a node; all end with it. */
final class NodeClients implements AutoCloseable {
    private final Clients clients = new Clients();

    static Endpoint endpoint(ClusterNode node) {
        return new Endpoint(
                Transport.TCP,
                node.mqtt().getHostString(),
                node.mqtt().getPort(),
                Optional.empty());
    }

    /** A connected client whose session ends with its connection. */
    TestClient connect(ClusterNode node) {
        return connect(node, ClientOptions.transientSession(Names.clientId()));
    }

    TestClient connect(ClusterNode node, ClientOptions options) {
        return connect(endpoint(node), options);
    }

    TestClient connect(Endpoint endpoint, ClientOptions options) {
        return clients.connect(ClientKind.HIVEMQ_5, endpoint, options);
    }

    /** A client that is not connected yet. */
    TestClient open(ClusterNode node, ClientOptions options) {
        return clients.open(ClientKind.HIVEMQ_5, endpoint(node), options);
    }

    @Override
    public void close() {
        clients.close();
    }
}
