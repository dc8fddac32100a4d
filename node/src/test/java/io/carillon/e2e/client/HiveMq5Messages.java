package io.carillon.e2e.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserPropertiesBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/** Messages as HiveMQ's client has them. */
final class HiveMq5Messages {

    private HiveMq5Messages() {}

    static Mqtt5Publish toHiveMq(Message message) {
        Properties given = message.properties();
        Mqtt5UserPropertiesBuilder user = Mqtt5UserProperties.builder();
        given.user().forEach(each -> user.add(each.getKey(), each.getValue()));
        Mqtt5PublishBuilder.Complete builder =
                Mqtt5Publish.builder()
                        .topic(message.topic())
                        .payload(message.bytes())
                        .qos(qos(message.qos()))
                        .retain(message.retain())
                        .userProperties(user.build());
        given.contentType().ifPresent(builder::contentType);
        given.responseTopic().ifPresent(builder::responseTopic);
        given.correlationData()
                .ifPresent(data -> builder.correlationData(data.getBytes(ISO_8859_1)));
        if (given.utf8()) {
            builder.payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8);
        }
        given.expirySeconds().ifPresent(builder::messageExpiryInterval);
        return builder.build();
    }

    static Message fromHiveMq(Mqtt5Publish publish) {
        Properties properties =
                new Properties(
                        publish.getUserProperties().asList().stream()
                                .map(
                                        p ->
                                                Map.entry(
                                                        p.getName().toString(),
                                                        p.getValue().toString()))
                                .toList(),
                        publish.getContentType().map(Object::toString),
                        publish.getResponseTopic().map(Object::toString),
                        publish.getCorrelationData().map(HiveMq5Messages::text),
                        publish.getPayloadFormatIndicator()
                                .equals(Optional.of(Mqtt5PayloadFormatIndicator.UTF_8)),
                        publish.getMessageExpiryInterval().stream().boxed().findFirst());
        return new Message(
                publish.getTopic().toString(),
                Message.text(publish.getPayloadAsBytes()),
                publish.getQos().getCode(),
                publish.isRetain(),
                properties);
    }

    static MqttQos qos(int code) {
        return MqttQos.values()[code];
    }

    private static String text(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return Message.text(bytes);
    }
}
