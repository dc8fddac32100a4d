package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.QoS;
import io.carillon.mqtt.packet.Subscribe;
import io.carillon.mqtt.packet.SubscriptionOptions;
import io.carillon.mqtt.packet.SubscriptionOptions.RetainHandling;
import io.carillon.mqtt.packet.Unsubscribe;
import io.carillon.mqtt.packet.UserProperties;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes SUBSCRIBE and UNSUBSCRIBE. Whether a filter is valid is the session's to say, filter by
 * filter; here it is only a well-formed string [MQTT-3.8.3-1] [MQTT-3.10.3-1] [MQTT3-3.8.3-1]
 * [MQTT3-3.10.3-1]. Source: MQTT 5.0, 3.8 and 3.10.
 */
final class SubscribeDecoder {
    private static final int QOS = 0x03;
    private static final int NO_LOCAL = 0x04;
    private static final int RETAIN_AS_PUBLISHED = 0x08;
    private static final int RESERVED_BITS = 0xC0;
    private static final int RESERVED_BITS_3 = 0xFC;
    private static final RetainHandling[] RETAIN_HANDLINGS = RetainHandling.values();

    private final BodyReader body;
    private final PropertyReader properties;

    SubscribeDecoder(BodyReader body, PropertyReader properties) {
        this.body = body;
        this.properties = properties;
    }

    Subscribe subscribe() throws MalformedPacket {
        int packetId = body.packetId();
        int identifier = 0;
        UserProperties users = UserProperties.NONE;
        if (body.isV5()) {
            properties.open(PropertyId.IN_SUBSCRIBE);
            for (int id = properties.next(); id != 0; id = properties.next()) {
                switch (id) {
                    case PropertyId.SUBSCRIPTION_ID -> identifier = properties.subscriptionId();
                    case PropertyId.USER_PROPERTY -> properties.user();
                    default -> throw properties.malformed(Malformation.PROPERTY_NOT_ALLOWED);
                }
            }
            users = properties.users();
        }
        List<Subscribe.Request> requests = new ArrayList<>();
        while (body.remaining() > 0) {
            String filter = body.string();
            requests.add(new Subscribe.Request(filter, options(filter)));
            checkCount(requests.size());
        }
        // [MQTT-3.8.3-2] [MQTT3-3.8.3-3]
        if (requests.isEmpty()) {
            throw body.malformed(Malformation.NO_FILTER);
        }
        return new Subscribe(packetId, requests, identifier, users);
    }

    Unsubscribe unsubscribe() throws MalformedPacket {
        int packetId = body.packetId();
        UserProperties users = UserProperties.NONE;
        if (body.isV5()) {
            properties.open(PropertyId.IN_UNSUBSCRIBE);
            while (properties.next() != 0) {
                properties.user();
            }
            users = properties.users();
        }
        List<String> filters = new ArrayList<>();
        while (body.remaining() > 0) {
            filters.add(body.string());
            checkCount(filters.size());
        }
        // [MQTT-3.10.3-2] [MQTT3-3.10.3-2]
        if (filters.isEmpty()) {
            throw body.malformed(Malformation.NO_FILTER);
        }
        return new Unsubscribe(packetId, filters, users);
    }

    private SubscriptionOptions options(String filter) throws MalformedPacket {
        int bits = body.u8();
        // [MQTT-3.8.3-5] [MQTT3-3.8.3-4]
        if ((bits & (body.isV5() ? RESERVED_BITS : RESERVED_BITS_3)) != 0) {
            throw body.malformed(Malformation.SUBSCRIPTION_RESERVED_BITS);
        }
        if ((bits & QOS) == 3) {
            throw body.malformed(Malformation.SUBSCRIPTION_QOS_3);
        }
        int retainHandling = bits >>> 4;
        if (retainHandling == 3) {
            throw body.malformed(Malformation.RETAIN_HANDLING_3);
        }
        boolean noLocal = (bits & NO_LOCAL) != 0;
        // [MQTT-3.8.3-4]
        if (noLocal && filter.startsWith("$share/")) {
            throw body.malformed(Malformation.NO_LOCAL_ON_SHARED);
        }
        return new SubscriptionOptions(
                QoS.of(bits & QOS),
                noLocal,
                (bits & RETAIN_AS_PUBLISHED) != 0,
                RETAIN_HANDLINGS[retainHandling]);
    }

    private void checkCount(int filters) throws MalformedPacket {
        if (filters > body.limits().filtersMax()) {
            throw body.malformed(Malformation.TOO_MANY_FILTERS);
        }
    }
}
