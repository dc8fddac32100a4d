package io.carillon.e2e.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Messages as Paho has them. */
final class Paho5Messages {

    private Paho5Messages() {}

    static MqttMessage toPaho(Message message) {
        Properties given = message.properties();
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(
                given.user().stream()
                        .map(each -> new UserProperty(each.getKey(), each.getValue()))
                        .toList());
        given.contentType().ifPresent(properties::setContentType);
        given.responseTopic().ifPresent(properties::setResponseTopic);
        given.correlationData()
                .ifPresent(data -> properties.setCorrelationData(data.getBytes(ISO_8859_1)));
        if (given.utf8()) {
            properties.setPayloadFormat(true);
        }
        given.expirySeconds().ifPresent(properties::setMessageExpiryInterval);
        return new MqttMessage(message.bytes(), message.qos(), message.retain(), properties);
    }

    static Message fromPaho(String topic, MqttMessage message) {
        MqttProperties found = message.getProperties();
        Properties properties =
                new Properties(
                        found.getUserProperties().stream()
                                .map(each -> Map.entry(each.getKey(), each.getValue()))
                                .toList(),
                        Optional.ofNullable(found.getContentType()),
                        Optional.ofNullable(found.getResponseTopic()),
                        Optional.ofNullable(found.getCorrelationData()).map(Message::text),
                        found.getPayloadFormat(),
                        Optional.ofNullable(found.getMessageExpiryInterval()));
        return new Message(
                topic,
                Message.text(message.getPayload()),
                message.getQos(),
                message.isRetained(),
                properties);
    }
}
