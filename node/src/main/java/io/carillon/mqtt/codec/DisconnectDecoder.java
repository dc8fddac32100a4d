package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Disconnect;
import io.carillon.mqtt.packet.ReasonCode;
import io.carillon.mqtt.packet.UserProperties;
import org.jspecify.annotations.Nullable;

/** Decodes DISCONNECT. Source: MQTT 5.0, 3.14. */
final class DisconnectDecoder {
    private final BodyReader body;
    private final PropertyReader properties;

    DisconnectDecoder(BodyReader body, PropertyReader properties) {
        this.body = body;
        this.properties = properties;
    }

    Disconnect decode() throws MalformedPacket {
        if (!body.isV5() || body.remaining() == 0) {
            body.expectEnd();
            return new Disconnect(ReasonCode.SUCCESS, null);
        }
        boolean ofClient = body.side() == Side.SERVER;
        ReasonTable allowed =
                ofClient ? ReasonTable.DISCONNECT_OF_CLIENT : ReasonTable.DISCONNECT_OF_SERVER;
        ReasonCode reason = allowed.read(body);
        if (body.remaining() == 0) {
            return new Disconnect(reason, null);
        }
        long sessionExpirySeconds = -1;
        @Nullable String reasonString = null;
        @Nullable String serverReference = null;
        // [MQTT-3.14.2-2]
        properties.open(
                ofClient ? PropertyId.IN_DISCONNECT_OF_CLIENT : PropertyId.IN_DISCONNECT_OF_SERVER);
        for (int id = properties.next(); id != 0; id = properties.next()) {
            switch (id) {
                case PropertyId.SESSION_EXPIRY -> sessionExpirySeconds = body.u32();
                case PropertyId.REASON_STRING -> reasonString = body.string();
                case PropertyId.SERVER_REFERENCE -> serverReference = body.string();
                case PropertyId.USER_PROPERTY -> properties.user();
                default -> throw properties.malformed(Malformation.PROPERTY_NOT_ALLOWED);
            }
        }
        body.expectEnd();
        UserProperties users = properties.users();
        return new Disconnect(reason, sessionExpirySeconds, reasonString, users, serverReference);
    }
}
