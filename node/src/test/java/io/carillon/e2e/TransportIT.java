package io.carillon.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.carillon.e2e.broker.Broker;
import io.carillon.e2e.broker.Names;
import io.carillon.e2e.broker.OnOneAndThreeNodes;
import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Clients;
import io.carillon.e2e.client.Endpoint;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.TestClient;
import io.carillon.e2e.client.Transport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each client library over each transport, and TLS with client certificates. */
@OnOneAndThreeNodes
final class TransportIT {
    private final Broker broker;
    private final String topic = Names.topic();

    @AutoClose private final Clients clients = new Clients();

    TransportIT(Broker broker) {
        this.broker = broker;
    }

    static Stream<Arguments> ways() {
        return Stream.of(ClientKind.values())
                .flatMap(
                        kind ->
                                Stream.of(Transport.values())
                                        .map(transport -> Arguments.of(kind, transport)));
    }

    /**
     * Small and large messages come as they were, whatever carries them.
     *
     * <p>[MQTT-4.2.0-1] [MQTT3-7.1.1-1] [MQTT-6.0.0-4] [MQTT3-6.0.0-4]
     */
    @ParameterizedTest
    @MethodSource("ways")
    void carriesMessages(ClientKind kind, Transport transport) {
        exchange(kind, broker.endpoint(transport));
    }

    /** A listener may demand a certificate of the client. */
    @ParameterizedTest
    @EnumSource
    void takesAClientCertificate(ClientKind kind) {
        exchange(kind, broker.withClientCertificate());
    }

    /** Who has none doesn't get in there. */
    @ParameterizedTest
    @EnumSource
    void refusesAMissingClientCertificate(ClientKind kind) {
        TestClient client = clients.open(kind, broker.withoutClientCertificate(), options());
        assertThrows(Throwable.class, client::connect);
    }

    private void exchange(ClientKind kind, Endpoint endpoint) {
        TestClient client = clients.connect(kind, endpoint, options());
        client.subscribe(topic, 2);
        for (int qos = 0; qos <= 2; qos++) {
            for (String payload : new String[] {"small", "large".repeat(50_000)}) {
                Message message = Message.of(topic, payload, qos);
                client.publish(message);
                assertEquals(message, client.receive());
            }
        }
    }

    private static ClientOptions options() {
        return ClientOptions.transientSession(Names.clientId());
    }
}
