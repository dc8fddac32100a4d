package io.carillon.e2e.client;

import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilderBase;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import java.util.concurrent.TimeUnit;

/** What HiveMQ's clients of both versions are told about the way to the broker. */
final class HiveMqSetup {

    private HiveMqSetup() {}

    static <B extends MqttClientBuilderBase<B>> B reach(
            Endpoint endpoint, String clientId, B builder) {
        B b = builder.identifier(clientId).serverHost(endpoint.host()).serverPort(endpoint.port());
        if (endpoint.transport().isWebSocket()) {
            b = b.webSocketConfig(MqttWebSocketConfig.builder().serverPath(Endpoint.PATH).build());
        }
        if (endpoint.transport().isTls()) {
            b = b.sslConfig(ssl(endpoint.tls().orElseThrow()));
        }
        return b.transportConfig()
                .mqttConnectTimeout(Within.SECONDS, TimeUnit.SECONDS)
                .applyTransportConfig();
    }

    /** The client tells of the end of its connection before it is ready for the next. */
    static void awaitDisconnected(MqttClient client) {
        await().atMost(Within.SECONDS, TimeUnit.SECONDS)
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> client.getState() == MqttClientState.DISCONNECTED);
    }

    private static MqttClientSslConfig ssl(ClientTls tls) {
        return MqttClientSslConfig.builder()
                .trustManagerFactory(tls.trust())
                .keyManagerFactory(tls.key().orElse(null))
                .build();
    }
}
