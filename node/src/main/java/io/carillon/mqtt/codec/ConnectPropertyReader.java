package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.ConnectProperties;
import org.jspecify.annotations.Nullable;

/** Reads the properties of CONNECT. Source: MQTT 5.0, 3.1.2.11. */
final class ConnectPropertyReader {
    private final BodyReader body;
    private final PropertyReader properties;

    ConnectPropertyReader(BodyReader body, PropertyReader properties) {
        this.body = body;
        this.properties = properties;
    }

    ConnectProperties read() throws MalformedPacket {
        ConnectProperties standard = ConnectProperties.DEFAULT;
        long sessionExpirySeconds = standard.sessionExpirySeconds();
        int receiveMaximum = standard.receiveMaximum();
        int maximumPacketSize = standard.maximumPacketSize();
        int topicAliasMaximum = standard.topicAliasMaximum();
        boolean requestResponseInformation = standard.requestResponseInformation();
        boolean requestProblemInformation = standard.requestProblemInformation();
        @Nullable String method = null;
        byte @Nullable [] data = null;
        properties.open(PropertyId.IN_CONNECT);
        for (int id = properties.next(); id != 0; id = properties.next()) {
            switch (id) {
                case PropertyId.SESSION_EXPIRY -> sessionExpirySeconds = body.u32();
                case PropertyId.RECEIVE_MAXIMUM -> receiveMaximum = properties.positiveU16();
                case PropertyId.MAXIMUM_PACKET_SIZE ->
                        maximumPacketSize = properties.positiveSize();
                case PropertyId.TOPIC_ALIAS_MAXIMUM -> topicAliasMaximum = body.u16();
                case PropertyId.REQUEST_RESPONSE_INFORMATION ->
                        requestResponseInformation = properties.flag();
                case PropertyId.REQUEST_PROBLEM_INFORMATION ->
                        requestProblemInformation = properties.flag();
                case PropertyId.USER_PROPERTY -> properties.user();
                case PropertyId.AUTHENTICATION_METHOD -> method = body.string();
                case PropertyId.AUTHENTICATION_DATA -> data = body.binary();
                default -> throw properties.malformed(Malformation.PROPERTY_NOT_ALLOWED);
            }
        }
        if (data != null && method == null) {
            throw body.malformed(Malformation.AUTHENTICATION_METHOD_MISSING);
        }
        return new ConnectProperties(
                sessionExpirySeconds,
                receiveMaximum,
                maximumPacketSize,
                topicAliasMaximum,
                requestResponseInformation,
                requestProblemInformation,
                method,
                data,
                properties.users());
    }
}
