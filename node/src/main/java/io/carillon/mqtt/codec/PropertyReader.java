package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.UserProperties;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the properties of one packet: finds the next identifier, refuses those that do not
 * belong there or come twice, and reads values with the checks they share. After the last property
 * the body goes on behind them. One per decoder. Source: MQTT 5.0, 2.2.2.
 */
final class PropertyReader {
    private final BodyReader body;

    private long allowed;
    private long repeatable;
    private long seen;
    private int id;
    private int bodyEnd;
    private int userCount;
    private @Nullable List<UserProperties.Pair> users;

    PropertyReader(BodyReader body) {
        this.body = body;
    }

    /**
     * Starts at the property length [MQTT-2.2.2-1]; of those allowed, user properties may repeat.
     */
    void open(long allowed) throws MalformedPacket {
        open(allowed, 1L << PropertyId.USER_PROPERTY);
    }

    void open(long allowed, long repeatable) throws MalformedPacket {
        this.allowed = allowed;
        this.repeatable = repeatable;
        seen = 0;
        userCount = 0;
        users = null;
        bodyEnd = body.end();
        int length = body.variableByteInteger();
        if (length > body.remaining()) {
            throw body.malformed(Malformation.TRUNCATED, "property length " + length);
        }
        body.end(body.position() + length);
    }

    /** The identifier of the next property, whose value must be read then, or 0 at the end. */
    int next() throws MalformedPacket {
        if (body.remaining() == 0) {
            body.end(bodyEnd);
            return 0;
        }
        id = body.variableByteInteger();
        if (!PropertyId.in(allowed, id)) {
            throw malformed(Malformation.PROPERTY_NOT_ALLOWED);
        }
        long bit = 1L << id;
        if ((seen & bit & ~repeatable) != 0) {
            throw malformed(Malformation.PROPERTY_TWICE);
        }
        seen |= bit;
        return id;
    }

    boolean flag() throws MalformedPacket {
        int value = body.u8();
        if (value > 1) {
            throw malformed(Malformation.PROPERTY_OUT_OF_RANGE);
        }
        return value == 1;
    }

    int positiveU16() throws MalformedPacket {
        int value = body.u16();
        if (value == 0) {
            throw malformed(Malformation.PROPERTY_OUT_OF_RANGE);
        }
        return value;
    }

    /** A number of bytes, at most {@link Integer#MAX_VALUE}: no packet is larger anyway. */
    int positiveSize() throws MalformedPacket {
        long value = body.u32();
        if (value == 0) {
            throw malformed(Malformation.PROPERTY_OUT_OF_RANGE);
        }
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    int subscriptionId() throws MalformedPacket {
        int value = body.variableByteInteger();
        if (value == 0) {
            throw malformed(Malformation.PROPERTY_OUT_OF_RANGE);
        }
        return value;
    }

    /** Keeps the user property that comes next [MQTT-1.5.7-1]. */
    void user() throws MalformedPacket {
        countUser();
        if (users == null) {
            users = new ArrayList<>();
        }
        users.add(new UserProperties.Pair(body.string(), body.string()));
    }

    /** Checks the user property that comes next [MQTT-1.5.7-1]. */
    void skipUser() throws MalformedPacket {
        countUser();
        body.skipString();
        body.skipString();
    }

    /** Those kept, in the order of arrival. */
    UserProperties users() {
        return users == null ? UserProperties.NONE : new UserProperties(users);
    }

    MalformedPacket malformed(Malformation malformation) {
        return body.malformed(malformation, "property 0x%02X".formatted(id));
    }

    private void countUser() throws MalformedPacket {
        if (++userCount > body.limits().userPropertiesMax()) {
            throw body.malformed(Malformation.TOO_MANY_USER_PROPERTIES);
        }
    }
}
