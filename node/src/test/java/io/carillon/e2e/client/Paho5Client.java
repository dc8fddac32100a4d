package io.carillon.e2e.client;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Eclipse Paho at MQTT 5.0. */
public final class Paho5Client extends TestClient implements MqttCallback {
    private static final long WAIT_MILLIS = TimeUnit.SECONDS.toMillis(Within.SECONDS);

    /** It tells each packet by default; held here, or it would forget that it must not. */
    private static final Logger LIBRARY = Logger.getLogger("org.eclipse.paho.mqttv5");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    private final MqttAsyncClient client;
    private final MqttConnectionOptions options = new MqttConnectionOptions();
    private volatile List<Integer> lastSubscriptionIdentifiers = List.of();

    public Paho5Client(Endpoint endpoint, ClientOptions chosen) {
        try {
            client =
                    new MqttAsyncClient(endpoint.uri(), chosen.clientId(), new MemoryPersistence());
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
        client.setCallback(this);
        client.setManualAcks(chosen.manualAcks());
        options.setCleanStart(chosen.clean());
        options.setSessionExpiryInterval(chosen.expirySeconds());
        options.setKeepAliveInterval(chosen.limits().keepAliveSeconds());
        options.setTopicAliasMaximum(chosen.limits().topicAliasMax());
        options.setReceiveMaximum(chosen.limits().receiveMax());
        options.setConnectionTimeout((int) Within.SECONDS);
        options.setUseSubscriptionIdentifiers(false);
        options.setSendReasonMessages(true);
        endpoint.tls().ifPresent(tls -> options.setSocketFactory(tls.context().getSocketFactory()));
        chosen.will().ifPresent(this::setWill);
    }

    private void setWill(ClientOptions.Will will) {
        MqttMessage message = Paho5Messages.toPaho(will.message());
        options.setWill(will.message().topic(), message);
        message.getProperties().setWillDelayInterval(will.delaySeconds());
        options.setWillMessageProperties(message.getProperties());
    }

    @Override
    public boolean connect() {
        return connecting().getSessionPresent();
    }

    /** Connects and returns what CONNACK told, such as the limits of the broker. */
    public MqttProperties connectForProperties() {
        return connecting().getResponseProperties();
    }

    private IMqttToken connecting() {
        try {
            IMqttToken token = client.connect(options);
            token.waitForCompletion(WAIT_MILLIS);
            return token;
        } catch (MqttException e) {
            throw new RefusedException(e.getReasonCode(), e);
        }
    }

    @Override
    public int subscribe(Subscription subscription) {
        MqttSubscription one = new MqttSubscription(subscription.filter(), subscription.qos());
        one.setNoLocal(subscription.noLocal());
        one.setRetainAsPublished(subscription.retainAsPublished());
        one.setRetainHandling(subscription.retainHandling());
        MqttProperties properties = new MqttProperties();
        subscription.identifier().ifPresent(properties::setSubscriptionIdentifier);
        try {
            IMqttToken token =
                    client.subscribe(new MqttSubscription[] {one}, null, null, properties);
            token.waitForCompletion(WAIT_MILLIS);
            return token.getReasonCodes()[0];
        } catch (MqttException e) {
            return e.getReasonCode();
        }
    }

    @Override
    public void unsubscribe(String filter) {
        try {
            client.unsubscribe(filter).waitForCompletion(WAIT_MILLIS);
        } catch (MqttException e) {
            throw new AssertionError("unsubscribing from " + filter, e);
        }
    }

    @Override
    public CompletableFuture<?> publishing(Message message) {
        return publishing(message.topic(), Paho5Messages.toPaho(message));
    }

    /** Publishes what only Paho can express; the acknowledgement's reason code. */
    public CompletableFuture<Integer> publishing(String topic, MqttMessage message) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        MqttActionListener listener =
                new MqttActionListener() {
                    @Override
                    public void onSuccess(IMqttToken token) {
                        int[] codes = token.getReasonCodes();
                        done.complete(codes == null || codes.length == 0 ? 0 : codes[0]);
                    }

                    @Override
                    public void onFailure(IMqttToken token, Throwable cause) {
                        done.completeExceptionally(cause);
                    }
                };
        try {
            client.publish(topic, message, null, listener);
        } catch (MqttException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    @Override
    public void disconnect() {
        try {
            client.disconnect(0).waitForCompletion(WAIT_MILLIS);
        } catch (MqttException e) {
            throw new AssertionError("disconnecting", e);
        }
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(WAIT_MILLIS);
            }
            client.close(true);
        } catch (MqttException e) {
            throw new AssertionError("closing", e);
        }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        lastSubscriptionIdentifiers = message.getProperties().getSubscriptionIdentifiers();
        arrived(Paho5Messages.fromPaho(topic, message), () -> acknowledge(message));
    }

    /** By which subscriptions the message that came last came. */
    public Set<Integer> lastSubscriptionIdentifiers() {
        return Set.copyOf(lastSubscriptionIdentifiers);
    }

    private void acknowledge(MqttMessage message) {
        try {
            client.messageArrivedComplete(message.getId(), message.getQos());
        } catch (MqttException e) {
            throw new AssertionError("acknowledging", e);
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        ended(response.getException() == null ? response.getReturnCode() : -1);
    }

    @Override
    public void mqttErrorOccurred(MqttException e) {
        // The call that it belongs to fails too.
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // Who publishes waits for its own future.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // connect() waits for it.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // No test uses extended authentication with Paho.
    }
}
