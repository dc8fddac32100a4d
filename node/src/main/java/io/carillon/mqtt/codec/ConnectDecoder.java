package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.Connect;
import io.carillon.mqtt.packet.ConnectProperties;
import io.carillon.mqtt.packet.MqttVersion;
import io.carillon.mqtt.packet.Will;

/** Decodes CONNECT, which also tells the version of all that follows. Source: MQTT 5.0, 3.1. */
final class ConnectDecoder {
    private static final int RESERVED = 0x01;
    private static final int CLEAN_START = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_QOS = 0x18;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USER_NAME = 0x80;

    private final BodyReader body;
    private final ConnectPropertyReader properties;
    private final WillReader will;

    ConnectDecoder(BodyReader body, ConnectPropertyReader properties, WillReader will) {
        this.body = body;
        this.properties = properties;
        this.will = will;
    }

    Connect decode() throws MalformedPacket {
        MqttVersion version = ProtocolReader.read(body);
        int flags = body.u8();
        checkFlags(flags, version);
        boolean cleanStart = (flags & CLEAN_START) != 0;
        int keepAliveSeconds = body.u16();
        ConnectProperties connectProperties =
                version.hasProperties() ? properties.read() : ConnectProperties.DEFAULT;
        // The order of the payload [MQTT-3.1.3-1] [MQTT3-3.1.3-1].
        String clientId = clientId(version, cleanStart);
        Will theWill = null;
        // [MQTT-3.1.2-9] [MQTT3-3.1.2-9]
        if ((flags & WILL) != 0) {
            theWill = will.read((flags & WILL_QOS) >>> 3, (flags & WILL_RETAIN) != 0);
        }
        // [MQTT-3.1.3-12] [MQTT3-3.1.3-11]
        String userName = present(flags, USER_NAME) ? body.string() : null;
        byte[] password = present(flags, PASSWORD) ? body.binary() : null;
        body.expectEnd();
        return new Connect(
                version,
                clientId,
                cleanStart,
                keepAliveSeconds,
                theWill,
                userName,
                password,
                connectProperties);
    }

    private void checkFlags(int flags, MqttVersion version) throws MalformedPacket {
        boolean v31 = version == MqttVersion.V3_1;
        // [MQTT-3.1.2-3] [MQTT3-3.1.2-3]
        if ((flags & RESERVED) != 0 && !v31) {
            throw body.malformed(Malformation.CONNECT_RESERVED_FLAG);
        }
        // [MQTT-3.1.2-11] [MQTT-3.1.2-13] [MQTT3-3.1.2-11] [MQTT3-3.1.2-13] [MQTT3-3.1.2-15]
        if ((flags & WILL) == 0 && (flags & (WILL_QOS | WILL_RETAIN)) != 0 && !v31) {
            throw body.malformed(Malformation.WILL_FLAGS_WITHOUT_WILL);
        }
        // [MQTT-3.1.2-12] [MQTT3-3.1.2-14]
        if ((flags & WILL) != 0 && (flags & WILL_QOS) == WILL_QOS) {
            throw body.malformed(Malformation.WILL_QOS_3);
        }
        // [MQTT3-3.1.2-22]; 5.0 allows it.
        if ((flags & (USER_NAME | PASSWORD)) == PASSWORD && !version.hasProperties()) {
            throw body.malformed(Malformation.PASSWORD_WITHOUT_USER_NAME);
        }
    }

    /**
     * Whether the field of that flag is there [MQTT-3.1.2-16] [MQTT-3.1.2-17] [MQTT-3.1.2-18]
     * [MQTT-3.1.2-19] [MQTT3-3.1.2-18] [MQTT3-3.1.2-19] [MQTT3-3.1.2-20] [MQTT3-3.1.2-21]. 3.1 lets
     * the packet end before a user name or password that its flags announce.
     */
    private boolean present(int flags, int flag) {
        return (flags & flag) != 0 && !(body.isV31() && body.remaining() == 0);
    }

    private String clientId(MqttVersion version, boolean cleanStart) throws MalformedPacket {
        // [MQTT-3.1.3-3] [MQTT-3.1.3-4] [MQTT3-3.1.3-3] [MQTT3-3.1.3-4]
        int from = body.position();
        String clientId = body.string();
        int bytes = body.position() - from - 2;
        if (bytes > body.limits().clientIdBytesMax()) {
            throw body.malformed(Malformation.CLIENT_ID_TOO_LONG, bytes + " bytes");
        }
        // [MQTT-3.1.3-6] and [MQTT3-3.1.3-6] allow an empty one, [MQTT3-3.1.3-8] and 3.1 don't.
        boolean mayBeEmpty =
                switch (version) {
                    case V3_1 -> false;
                    case V3_1_1 -> cleanStart;
                    case V5 -> true;
                };
        if (bytes == 0 && !mayBeEmpty) {
            throw body.malformed(Malformation.CLIENT_ID_MISSING);
        }
        return clientId;
    }
}
