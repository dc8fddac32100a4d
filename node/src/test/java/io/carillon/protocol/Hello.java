package io.carillon.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.Message;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Topic;
import io.carillon.mqtt.packet.UserProperties;
import io.carillon.mqtt.packet.Will;

/** A CONNECT in the making: a new session that ends with the connection, unless said otherwise. */
final class Hello {
    private static final long EXPIRY_SECONDS = 3_600;

    private final MqttVersion version;
    private final String clientId;
    private boolean clean = true;
    private int keepAliveSeconds;
    private Will will;
    private long expirySeconds;
    private int receiveMaximum = ConnectProperties.DEFAULT.receiveMaximum();

    private Hello(MqttVersion version, String clientId) {
        this.version = version;
        this.clientId = clientId;
    }

    static Hello from(MqttVersion version, String clientId) {
        return new Hello(version, clientId);
    }

    /** Resumes a session or begins one, which outlives the connection. */
    Hello durable() {
        clean = false;
        return expiry(EXPIRY_SECONDS);
    }

    /** Begins a session in any case. */
    Hello clean() {
        clean = true;
        return this;
    }

    Hello expiry(long seconds) {
        expirySeconds = seconds;
        return this;
    }

    Hello keepAlive(int seconds) {
        keepAliveSeconds = seconds;
        return this;
    }

    Hello receiveMaximum(int messages) {
        receiveMaximum = messages;
        return this;
    }

    Hello will(Will withThis) {
        will = withThis;
        return this;
    }

    /** A will without delay or properties. */
    Hello will(String topic, String payload, QoS qos, boolean retain) {
        return will(
                new Will(Message.of(Topic.of(topic), payload.getBytes(UTF_8)), qos, retain, 0, -1));
    }

    Connect build() {
        ConnectProperties properties =
                new ConnectProperties(
                        expirySeconds,
                        receiveMaximum,
                        ConnectProperties.DEFAULT.maximumPacketSize(),
                        0,
                        false,
                        true,
                        null,
                        null,
                        UserProperties.NONE);
        return new Connect(
                version, clientId, clean, keepAliveSeconds, will, null, null, properties);
    }
}
