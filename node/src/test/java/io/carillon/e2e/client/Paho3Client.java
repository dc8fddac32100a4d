package io.carillon.e2e.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Eclipse Paho at MQTT 3.1 or 3.1.1. */
final class Paho3Client extends TestClient implements MqttCallback {
    private static final long WAIT_MILLIS = TimeUnit.SECONDS.toMillis(Within.SECONDS);

    /** It tells each packet by default; held here, or it would forget that it must not. */
    private static final Logger LIBRARY = Logger.getLogger("org.eclipse.paho.client.mqttv3");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    private final MqttAsyncClient client;
    private final MqttConnectOptions options = new MqttConnectOptions();
    private final boolean manualAcks;

    Paho3Client(Endpoint endpoint, ClientOptions chosen, int version) {
        manualAcks = chosen.manualAcks();
        try {
            client =
                    new MqttAsyncClient(endpoint.uri(), chosen.clientId(), new MemoryPersistence());
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
        client.setCallback(this);
        client.setManualAcks(manualAcks);
        options.setMqttVersion(version);
        options.setCleanSession(chosen.clean());
        options.setKeepAliveInterval(chosen.limits().keepAliveSeconds());
        options.setConnectionTimeout((int) Within.SECONDS);
        options.setMaxInflight(1000);
        endpoint.tls().ifPresent(tls -> options.setSocketFactory(tls.context().getSocketFactory()));
        chosen.will()
                .map(ClientOptions.Will::message)
                .ifPresent(m -> options.setWill(m.topic(), m.bytes(), m.qos(), m.retain()));
    }

    /** Again if the sender of the connection before, that ends late, took this one for its own. */
    @Override
    public boolean connect() {
        try {
            return connectOnce();
        } catch (MqttException e) {
            if (e.getReasonCode() != MqttException.REASON_CODE_CONNECTION_LOST) {
                throw new RefusedException(e.getReasonCode(), e);
            }
        }
        try {
            return connectOnce();
        } catch (MqttException e) {
            throw new RefusedException(e.getReasonCode(), e);
        }
    }

    private boolean connectOnce() throws MqttException {
        IMqttToken token = client.connect(options);
        token.waitForCompletion(WAIT_MILLIS);
        return token.getSessionPresent();
    }

    @Override
    public int subscribe(Subscription subscription) {
        try {
            IMqttToken token = client.subscribe(subscription.filter(), subscription.qos());
            token.waitForCompletion(WAIT_MILLIS);
            return token.getGrantedQos()[0];
        } catch (MqttException e) {
            throw new AssertionError("subscribing to " + subscription.filter(), e);
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
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        IMqttActionListener listener =
                new IMqttActionListener() {
                    @Override
                    public void onSuccess(IMqttToken token) {
                        done.complete(true);
                    }

                    @Override
                    public void onFailure(IMqttToken token, Throwable cause) {
                        done.completeExceptionally(cause);
                    }
                };
        try {
            client.publish(
                    message.topic(),
                    message.bytes(),
                    message.qos(),
                    message.retain(),
                    null,
                    listener);
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
            sayGoodbye();
            client.close(true);
        } catch (MqttException e) {
            throw new AssertionError("closing", e);
        }
    }

    private void sayGoodbye() {
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(WAIT_MILLIS);
            }
        } catch (MqttException e) {
            // The test may have cut the link just before: then there is nobody to tell.
        }
    }

    @Override
    public void messageArrived(String topic, MqttMessage m) {
        Message message =
                new Message(
                        topic,
                        Message.text(m.getPayload()),
                        m.getQos(),
                        m.isRetained(),
                        Properties.NONE);
        arrived(message, () -> acknowledge(m));
    }

    private void acknowledge(MqttMessage message) {
        try {
            client.messageArrivedComplete(message.getId(), message.getQos());
        } catch (MqttException e) {
            throw new AssertionError("acknowledging", e);
        }
    }

    @Override
    public void connectionLost(Throwable cause) {
        ended(-1);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // Who publishes waits for its own future.
    }
}
