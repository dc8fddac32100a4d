package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.UserProperties;
import org.jspecify.annotations.Nullable;

/** Reads the two properties that explain a reason code: reason string and user properties. */
final class ReasonProperties {
    private final BodyReader body;
    private final PropertyReader properties;

    private @Nullable String reasonString;
    private UserProperties users = UserProperties.NONE;

    ReasonProperties(BodyReader body, PropertyReader properties) {
        this.body = body;
        this.properties = properties;
    }

    /** What a packet without properties has. */
    void clear() {
        reasonString = null;
        users = UserProperties.NONE;
    }

    void read(long allowed) throws MalformedPacket {
        clear();
        properties.open(allowed);
        for (int id = properties.next(); id != 0; id = properties.next()) {
            switch (id) {
                case PropertyId.REASON_STRING -> reasonString = body.string();
                case PropertyId.USER_PROPERTY -> properties.user();
                default -> throw properties.malformed(Malformation.PROPERTY_NOT_ALLOWED);
            }
        }
        users = properties.users();
    }

    @Nullable String reasonString() {
        return reasonString;
    }

    UserProperties users() {
        return users;
    }
}
