package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Connack;
import io.carillon.mqtt.packet.ConnackProperties;
import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.ReasonCode;

/** Decodes CONNACK. Source: MQTT 5.0, 3.2. */
final class ConnackDecoder {
    private final BodyReader body;
    private final PropertyReader properties;

    ConnackDecoder(BodyReader body, PropertyReader properties) {
        this.body = body;
        this.properties = properties;
    }

    Connack decode() throws MalformedPacket {
        int flags = body.u8();
        // [MQTT-3.2.2-1]; 3.1 does not use this byte.
        if (flags > 1 && !body.isV31()) {
            throw body.malformed(Malformation.CONNACK_RESERVED_FLAGS);
        }
        boolean sessionPresent = flags == 1 && !body.isV31();
        ReasonCode reason = body.isV5() ? ReasonTable.CONNACK.read(body) : ReturnCode.read(body);
        // [MQTT-3.2.2-6] [MQTT3-3.2.2-4]
        if (sessionPresent && reason.isError()) {
            throw body.malformed(Malformation.SESSION_PRESENT_IN_REFUSAL);
        }
        ConnackProperties given = body.isV5() ? readProperties() : ConnackProperties.DEFAULT;
        body.expectEnd();
        return new Connack(sessionPresent, reason, given);
    }

    private ConnackProperties readProperties() throws MalformedPacket {
        ConnackProperties.Builder given = ConnackProperties.builder();
        properties.open(PropertyId.IN_CONNACK);
        for (int id = properties.next(); id != 0; id = properties.next()) {
            switch (id) {
                case PropertyId.SESSION_EXPIRY -> given.sessionExpirySeconds(body.u32());
                case PropertyId.RECEIVE_MAXIMUM -> given.receiveMaximum(properties.positiveU16());
                case PropertyId.MAXIMUM_QOS ->
                        given.maximumQos(properties.flag() ? QoS.AT_LEAST_ONCE : QoS.AT_MOST_ONCE);
                case PropertyId.RETAIN_AVAILABLE -> given.retainAvailable(properties.flag());
                case PropertyId.MAXIMUM_PACKET_SIZE ->
                        given.maximumPacketSize(properties.positiveSize());
                case PropertyId.ASSIGNED_CLIENT_ID -> given.assignedClientId(body.string());
                case PropertyId.TOPIC_ALIAS_MAXIMUM -> given.topicAliasMaximum(body.u16());
                case PropertyId.REASON_STRING -> given.reasonString(body.string());
                case PropertyId.USER_PROPERTY -> properties.user();
                case PropertyId.WILDCARD_AVAILABLE ->
                        given.wildcardSubscriptionAvailable(properties.flag());
                case PropertyId.SUBSCRIPTION_ID_AVAILABLE ->
                        given.subscriptionIdentifiersAvailable(properties.flag());
                case PropertyId.SHARED_AVAILABLE ->
                        given.sharedSubscriptionAvailable(properties.flag());
                case PropertyId.SERVER_KEEP_ALIVE -> given.serverKeepAliveSeconds(body.u16());
                case PropertyId.RESPONSE_INFORMATION -> given.responseInformation(body.string());
                case PropertyId.SERVER_REFERENCE -> given.serverReference(body.string());
                case PropertyId.AUTHENTICATION_METHOD -> given.authenticationMethod(body.string());
                case PropertyId.AUTHENTICATION_DATA -> given.authenticationData(body.binary());
                default -> throw properties.malformed(Malformation.PROPERTY_NOT_ALLOWED);
            }
        }
        return given.userProperties(properties.users()).build();
    }
}
