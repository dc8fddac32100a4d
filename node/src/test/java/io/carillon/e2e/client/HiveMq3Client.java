package io.carillon.e2e.client;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
import java.util.concurrent.CompletableFuture;

/** HiveMQ's client at MQTT 3.1.1. */
final class HiveMq3Client extends TestClient {
    private final Mqtt3AsyncClient client;
    private final Mqtt3Connect connect;

    HiveMq3Client(Endpoint endpoint, ClientOptions options) {
        client =
                HiveMqSetup.reach(endpoint, options.clientId(), Mqtt3Client.builder())
                        .addDisconnectedListener(context -> ended(-1))
                        .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, this::arrived, options.manualAcks());
        Mqtt3ConnectBuilder builder =
                Mqtt3Connect.builder()
                        .cleanSession(options.clean())
                        .keepAlive(options.limits().keepAliveSeconds());
        connect =
                options.will()
                        .map(will -> builder.willPublish(toHiveMq(will.message())))
                        .orElse(builder)
                        .build();
    }

    @Override
    public boolean connect() {
        HiveMqSetup.awaitDisconnected(client);
        return Within.deadline(
                        "connecting", client.connect(connect).exceptionallyCompose(this::refused))
                .isSessionPresent();
    }

    private <T> CompletableFuture<T> refused(Throwable e) {
        if (e instanceof Mqtt3ConnAckException refusal) {
            throw new RefusedException(refusal.getMqttMessage().getReturnCode().getCode(), refusal);
        }
        throw new AssertionError("connecting", e);
    }

    @Override
    public int subscribe(Subscription subscription) {
        Mqtt3Subscribe subscribe =
                Mqtt3Subscribe.builder()
                        .topicFilter(subscription.filter())
                        .qos(qos(subscription.qos()))
                        .build();
        return Within.deadline("subscribing", client.subscribe(subscribe))
                .getReturnCodes()
                .getFirst()
                .getCode();
    }

    @Override
    public void unsubscribe(String filter) {
        Mqtt3Unsubscribe unsubscribe = Mqtt3Unsubscribe.builder().topicFilter(filter).build();
        Within.deadline("unsubscribing", client.unsubscribe(unsubscribe).thenApply(none -> true));
    }

    @Override
    public CompletableFuture<?> publishing(Message message) {
        return client.publish(toHiveMq(message));
    }

    @Override
    public void disconnect() {
        Within.deadline("disconnecting", client.disconnect().thenApply(none -> true));
    }

    @Override
    public void close() {
        if (client.getState() != MqttClientState.DISCONNECTED) {
            client.disconnect().exceptionally(e -> null).join();
        }
    }

    private void arrived(Mqtt3Publish publish) {
        Message message =
                new Message(
                        publish.getTopic().toString(),
                        Message.text(publish.getPayloadAsBytes()),
                        publish.getQos().getCode(),
                        publish.isRetain(),
                        Properties.NONE);
        arrived(message, publish::acknowledge);
    }

    private static Mqtt3Publish toHiveMq(Message message) {
        return Mqtt3Publish.builder()
                .topic(message.topic())
                .payload(message.bytes())
                .qos(qos(message.qos()))
                .retain(message.retain())
                .build();
    }

    private static MqttQos qos(int code) {
        return MqttQos.values()[code];
    }
}
