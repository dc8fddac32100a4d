package io.carillon.e2e.client;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import java.util.concurrent.CompletableFuture;

/** HiveMQ's client at MQTT 5.0. It uses topic aliases by itself where the broker allows them. */
final class HiveMq5Client extends TestClient {
    private final Mqtt5AsyncClient client;
    private final Mqtt5Connect connect;

    HiveMq5Client(Endpoint endpoint, ClientOptions options) {
        client =
                HiveMqSetup.reach(endpoint, options.clientId(), Mqtt5Client.builder())
                        .addDisconnectedListener(context -> ended(reasonCode(context)))
                        .buildAsync();
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                publish -> arrived(HiveMq5Messages.fromHiveMq(publish), publish::acknowledge),
                options.manualAcks());
        Mqtt5ConnectBuilder builder =
                Mqtt5Connect.builder()
                        .cleanStart(options.clean())
                        .sessionExpiryInterval(options.expirySeconds())
                        .keepAlive(options.limits().keepAliveSeconds())
                        .restrictions()
                        .topicAliasMaximum(options.limits().topicAliasMax())
                        .receiveMaximum(options.limits().receiveMax())
                        .applyRestrictions();
        connect = options.will().map(will -> withWill(builder, will)).orElse(builder).build();
    }

    private static Mqtt5ConnectBuilder withWill(
            Mqtt5ConnectBuilder builder, ClientOptions.Will will) {
        return builder.willPublish(
                HiveMq5Messages.toHiveMq(will.message())
                        .asWill()
                        .extendAsWill()
                        .delayInterval(will.delaySeconds())
                        .build());
    }

    private static int reasonCode(MqttClientDisconnectedContext context) {
        return context.getCause() instanceof Mqtt5DisconnectException disconnect
                ? disconnect.getMqttMessage().getReasonCode().getCode()
                : -1;
    }

    @Override
    public boolean connect() {
        HiveMqSetup.awaitDisconnected(client);
        return Within.deadline(
                        "connecting", client.connect(connect).exceptionallyCompose(this::refused))
                .isSessionPresent();
    }

    private <T> CompletableFuture<T> refused(Throwable e) {
        if (e instanceof Mqtt5ConnAckException refusal) {
            throw new RefusedException(refusal.getMqttMessage().getReasonCode().getCode(), refusal);
        }
        throw new AssertionError("connecting", e);
    }

    @Override
    public int subscribe(Subscription subscription) {
        Mqtt5Subscribe subscribe =
                Mqtt5Subscribe.builder()
                        .topicFilter(subscription.filter())
                        .qos(HiveMq5Messages.qos(subscription.qos()))
                        .noLocal(subscription.noLocal())
                        .retainAsPublished(subscription.retainAsPublished())
                        .retainHandling(Mqtt5RetainHandling.values()[subscription.retainHandling()])
                        .build();
        CompletableFuture<Mqtt5SubAck> answer =
                client.subscribe(subscribe)
                        .exceptionallyCompose(
                                e ->
                                        e instanceof Mqtt5SubAckException failure
                                                ? CompletableFuture.completedFuture(
                                                        failure.getMqttMessage())
                                                : CompletableFuture.failedFuture(e));
        return Within.deadline("subscribing", answer).getReasonCodes().getFirst().getCode();
    }

    @Override
    public void unsubscribe(String filter) {
        Mqtt5Unsubscribe unsubscribe = Mqtt5Unsubscribe.builder().topicFilter(filter).build();
        Within.deadline("unsubscribing", client.unsubscribe(unsubscribe));
    }

    @Override
    public CompletableFuture<?> publishing(Message message) {
        return client.publish(HiveMq5Messages.toHiveMq(message))
                .thenCompose(HiveMq5Client::failIfRefused);
    }

    private static CompletableFuture<Mqtt5Publish> failIfRefused(Mqtt5PublishResult result) {
        return result.getError()
                .<CompletableFuture<Mqtt5Publish>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(result.getPublish()));
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
}
