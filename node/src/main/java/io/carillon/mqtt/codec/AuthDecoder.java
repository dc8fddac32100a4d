package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Auth;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import org.jspecify.annotations.Nullable;

/** Decodes AUTH, of 5.0 only. Source: MQTT 5.0, 3.15. */
final class AuthDecoder {
    private final BodyReader body;
    private final PropertyReader properties;

    AuthDecoder(BodyReader body, PropertyReader properties) {
        this.body = body;
        this.properties = properties;
    }

    Auth decode() throws MalformedPacket {
        boolean ofClient = body.side() == Side.SERVER;
        // Success without properties is an empty packet; only a server says success.
        if (body.remaining() == 0 && !ofClient) {
            return new Auth(ReasonCode.SUCCESS, null, null, null, UserProperties.NONE);
        }
        ReasonTable allowed = ofClient ? ReasonTable.AUTH_OF_CLIENT : ReasonTable.AUTH_OF_SERVER;
        ReasonCode reason = allowed.read(body);
        @Nullable String method = null;
        byte @Nullable [] data = null;
        @Nullable String reasonString = null;
        properties.open(PropertyId.IN_AUTH);
        for (int id = properties.next(); id != 0; id = properties.next()) {
            switch (id) {
                case PropertyId.AUTHENTICATION_METHOD -> method = body.string();
                case PropertyId.AUTHENTICATION_DATA -> data = body.binary();
                case PropertyId.REASON_STRING -> reasonString = body.string();
                case PropertyId.USER_PROPERTY -> properties.user();
                default -> throw properties.malformed(Malformation.PROPERTY_NOT_ALLOWED);
            }
        }
        if (method == null) {
            throw body.malformed(Malformation.AUTHENTICATION_METHOD_MISSING);
        }
        body.expectEnd();
        return new Auth(reason, method, data, reasonString, properties.users());
    }
}
