package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.UserProperties;
import org.jspecify.annotations.Nullable;

/** Writes properties, each only where there is something to say. Source: MQTT 5.0, 2.2.2. */
final class PropertyWriter {
    private final ByteWriter out = new ByteWriter();

    ByteWriter bytes() {
        return out;
    }

    int length() {
        return out.length();
    }

    void u16Unless(int standard, int id, int value) {
        if (value != standard) {
            out.u8(id).u16(value);
        }
    }

    void u32Unless(long standard, int id, long value) {
        if (value != standard) {
            out.u8(id).u32(value);
        }
    }

    void flagUnless(boolean standard, int id, boolean value) {
        if (value != standard) {
            out.u8(id).flag(value);
        }
    }

    void string(int id, @Nullable String value) {
        if (value != null) {
            out.u8(id).string(value);
        }
    }

    void binary(int id, byte @Nullable [] value) {
        if (value != null) {
            out.u8(id).binary(value);
        }
    }

    void users(UserProperties users) {
        for (UserProperties.Pair pair : users.pairs()) {
            out.u8(PropertyId.USER_PROPERTY).string(pair.name()).string(pair.value());
        }
    }
}
